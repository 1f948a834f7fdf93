"""What is typed at a question of the guided start, and what becomes of it."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.commands import answers
from bot.domain.cadence import parse
from bot.errors import Unreadable

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("周敏", ["周敏"]),
        ("陈晓、李明，王静; 赵磊", ["陈晓", "李明", "王静", "赵磊"]),
        ("陈晓 李明　王静", ["陈晓", "李明", "王静"]),
        ("李  明、王 静", ["李明", "王静"]),
        ("陈晓 李 明 王静", ["陈晓", "李明", "王静"]),
        ("Anna Berg, Li Ming", ["Anna Berg", "Li Ming"]),
        ("李明（一科）、李明（二科）", ["李明（一科）", "李明（二科）"]),
    ],
)
def test_names_are_told_apart(typed: str, found: list[str]) -> None:
    assert list(answers.names(typed)) == found


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-03-02 到 2026-05-29", "2026-03-02 2026-05-29"),
        ("2026年3月2日至5月29日", "2026-03-02 2026-05-29"),
        ("3.2-5.29", "2026-03-02 2026-05-29"),
        ("２０２６/３/２ — 2026/5/29", "2026-03-02 2026-05-29"),
        ("12月1日到2月15日", "2026-12-01 2027-02-15"),
    ],
)
def test_two_days_are_read_as_people_write_them(typed: str, days: str) -> None:
    assert " ".join(map(str, answers.first_and_last(typed, TODAY))) == days


@pytest.mark.parametrize(
    ("typed", "schedule"),
    [
        ("17:40", "mon,thu 17:40"),
        ("工作日 18:10", "workdays 18:10"),
        ("每个工作日18:10", "workdays 18:10"),
        ("每天 17：40", "daily 17:40"),
        ("周一、周四 17:40", "mon,thu 17:40"),
        ("每周一、四 17:40", "mon,thu 17:40"),
        ("星期五16:00", "fri 16:00"),
        ("every 2 weeks fri 16:00", "every 2 weeks fri 16:00"),
        ("cron: 0 9 * * mon-fri", "cron: 0 9 * * mon-fri"),
    ],
)
def test_when_to_ask_may_be_said_in_chinese_and_is_kept_as_the_file_has_it(typed: str, schedule: str) -> None:
    assert answers.ask(typed) == schedule
    assert parse(schedule).text == schedule


@pytest.mark.parametrize(
    ("name", "kind"), [("清风专班", "case"), ("海澜培训班", "training"), ("借调同志", "secondment"), ("清风小组", "")]
)
def test_a_name_may_tell_the_kind(name: str, kind: str) -> None:
    assert answers.kind_told_by(name) == kind


def test_an_approval_has_three_parts() -> None:
    given = answers.approval("机关党委，机党〔2026〕7号，2026年2月27日", TODAY)
    assert given == answers.Approval("机关党委", "机党〔2026〕7号", date(2026, 2, 27))
    assert answers.approval("-", TODAY) is None


def days(typed: str) -> object:
    return answers.first_and_last(typed, TODAY)


def approved(typed: str) -> object:
    return answers.approval(typed, TODAY)


def of_li(typed: str) -> object:
    return answers.some_of(typed, ("李明",))


REFUSED: dict[str, list[tuple[Callable[[str], object], str]]] = {
    "check.not_choice": [(answers.language, "法语"), (answers.kind, "4")],
    "check.secret_name": [(answers.branch_name, "某检刑诉〔2026〕12号")],
    "check.name_long": [(answers.branch_name, "很" * 41), (answers.names, "很" * 41)],
    "check.empty": [(answers.names, "、，"), (answers.branch_name, " ")],
    "check.unprintable": [(answers.branch_name, "a\x07b"), (answers.names, "周\udcff敏")],
    "init.twice": [(answers.names, "李明、李明")],
    "init.no_member": [(of_li, "李敏")],
    "init.over": [(days, "2025-03-02 2025-05-29")],
    "check.dates_backwards": [(days, "2026-05-29 2026-03-02")],
    "check.not_date": [(days, "下周"), (days, "2026-02-30 2026-05-29"), (approved, "机关党委，7号，昨天")],
    "check.approval_incomplete": [(approved, "机关党委")],
    "init.approval_long": [(approved, "机关党委，7号，2026-02-27，又一个")],
    "check.schedule_time": [(answers.ask, "机关党委"), (answers.ask, "周一")],
    "check.schedule_form": [(answers.ask, "有空 17:40")],
    "check.listen": [(answers.port, "70000"), (answers.port, "八千"), (answers.port, "")],
}
CASES = [(key, read, typed) for key, tried in REFUSED.items() for read, typed in tried]


@pytest.mark.parametrize(("key", "read", "typed"), CASES, ids=[f"{key} {typed!a}" for key, _, typed in CASES])
def test_what_cannot_be_read_is_refused_by_its_reason(key: str, read: Callable[[str], object], typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(typed)
    assert refused.value.key == key
