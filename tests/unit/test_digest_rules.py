"""The digest's sorting: everyone is somewhere, nobody twice, and what somebody said comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Answer, BranchDay, Facts, Skipped, branch_day, parts, plain
from bot.domain.need import Need
from bot.domain.people import Belonging, Member
from bot.domain.report import Report
from bot.domain.rounds import Expected, Round
from bot.domain.silence import Away

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL_WELL = Report("steady", work="on_track", living="well")
TROUBLE = Report("steady", living="trouble", living_words="胃不舒服")
ONE_NEED = Need("n", 1, "b", "m0", "lodging", "open", "换房", NOW, None, NOW)


def person(id_: str) -> Member:
    return Member(id_, id_.upper(), "full", "", "zh")


def away(id_: str) -> Away:
    return Away("a", id_, "leave", NOW - HOUR, NOW + HOUR)


def stands(id_: str, *, due: int = -1, answered: bool = False) -> Expected:
    round_ = Round("r", "b", "asked", NOW - 20 * HOUR, NOW + due * HOUR)
    return Expected(round_, id_, NOW - 2 * HOUR if answered else None)


def skipped(id_: str) -> Skipped:
    return Skipped(person(id_), NOW - HOUR, "在开会")


def said(id_: str, report: Report, *, late: bool = False) -> Answer:
    return Answer(person(id_), report, late, plain(report))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    ids = [f"m{number}" for number in range(draw(st.integers(0, 6)))]
    some = st.lists(st.sampled_from(ids), unique=True) if ids else st.just(list[str]())
    consents = {one: draw(st.sampled_from(["unasked", "given", "refused"])) for one in ids}
    asked = {one: stands(one, due=draw(st.integers(-3, 3)), answered=draw(st.booleans())) for one in draw(some)}
    answers = [said(one, draw(st.sampled_from([ALL_WELL, TROUBLE])), late=draw(st.booleans())) for one in draw(some)]
    return Facts(
        members=[Belonging("b", person(one), consents[one]) for one in ids],
        expected=asked,
        well={one for one in draw(some) if one in asked and asked[one].answered_at},
        excused=set(draw(some)),
        answers=answers,
        away={one: away(one) for one in draw(some)},
        needs=draw(st.sampled_from([[], [ONE_NEED]])),
        skipped={one: skipped(one) for one in draw(some) if one in asked},
    )


def named(day: BranchDay) -> list[str]:
    people = [one.member for one in day.told] + [one for one, _ in day.away] + [one.member for one in day.skipped]
    return [one.id for one in [*people, *day.silent, *day.before, *day.waiting, *day.fine]]


@given(facts())
def test_every_willing_member_who_was_asked_or_has_answered_is_in_exactly_one_list(facts: Facts) -> None:
    willing = {one.member.id for one in facts.members if one.willing}
    known = facts.expected.keys() | facts.away.keys() | {one.member.id for one in facts.answers}
    assert sorted(named(branch_day(facts, NOW))) == sorted(willing & known)


@given(facts())
def test_a_digest_that_is_sent_has_something_in_it(facts: Facts) -> None:
    day = branch_day(facts, NOW)
    assert day.empty or day.needs or named(day)
    assert not (day.blank and not day.empty)


@given(facts())
def test_nobody_who_is_away_or_has_answered_is_called_silent(facts: Facts) -> None:
    silent = {one.id for one in branch_day(facts, NOW).silent}
    assert not silent & facts.away.keys()
    assert not silent & facts.skipped.keys()
    assert all(facts.expected[one].answered_at is None for one in silent)


def day_of(id_: str = "m0", **known: object) -> BranchDay:
    base: dict[str, object] = {"expected": {}, "well": set(), "excused": set(), "answers": [], "away": {}, "needs": []}
    return branch_day(Facts([Belonging("b", person(id_), "given")], **{**base, **known}), NOW)  # pyright: ignore[reportArgumentType]


def test_who_told_of_trouble_is_not_called_fine_the_day_after() -> None:
    day = day_of(expected={"m0": stands("m0", answered=True)})
    assert [one.id for one in day.before] == ["m0"]
    assert day.fine == []
    assert day.empty


def test_who_skips_is_called_neither_silent_nor_awaited_and_is_news_once() -> None:
    for due in (-1, 1):
        day = day_of(expected={"m0": stands("m0", due=due)}, skipped={"m0": skipped("m0")})
        assert [one.member.id for one in day.skipped] == ["m0"]
        assert (day.silent, day.waiting, day.empty, day.blank) == ([], [], False, False)
    assert day_of(expected={"m0": stands("m0")}, skipped={"m0": skipped("m0")}, since=NOW).empty
    assert not day_of(expected={"m0": stands("m0")}, skipped={"m0": skipped("m0")}, since=NOW - 2 * HOUR).empty


def test_who_skipped_and_answered_after_all_has_answered() -> None:
    day = day_of(expected={"m0": stands("m0", answered=True)}, skipped={"m0": skipped("m0")}, well={"m0"})
    assert (day.skipped, [one.id for one in day.fine]) == ([], ["m0"])


def test_who_answered_all_well_before_is_fine() -> None:
    assert [one.id for one in day_of(expected={"m0": stands("m0", answered=True)}, well={"m0"}).fine] == ["m0"]


def test_an_early_all_well_is_fine_though_nothing_was_asked_yet() -> None:
    day = day_of(answers=[said("m0", ALL_WELL)])
    assert [one.id for one in day.fine] == ["m0"]
    assert not day.empty


def test_late_is_marked_and_before_due_nobody_is_silent() -> None:
    assert day_of(answers=[said("m0", ALL_WELL, late=True)]).late == {"m0"}
    day = day_of(expected={"m0": stands("m0", due=1)})
    assert (day.silent, [one.id for one in day.waiting]) == ([], ["m0"])


def test_who_was_away_when_it_was_due_is_not_silent_before_the_next_round() -> None:
    day = day_of(expected={"m0": stands("m0")}, excused={"m0"})
    assert (day.silent, [one.id for one in day.waiting]) == ([], ["m0"])


def test_somebody_waiting_or_away_is_no_reason_for_a_message_but_may_be_seen() -> None:
    for day in (day_of(expected={"m0": stands("m0", due=1)}), day_of(away={"m0": away("m0")})):
        assert day.empty
        assert not day.blank


@pytest.mark.parametrize(
    ("report", "is_plain"),
    [
        (ALL_WELL, True),
        (Report(work="stage_done"), True),
        (Report("steady", "就是想家"), False),
        (Report("so_so"), False),
        (Report(work="tight"), False),
        (Report(work="unsaid"), False),
        (TROUBLE, False),
        (Report(living="other"), False),
        (Report(need="换房"), False),
    ],
)
def test_only_what_says_nothing_but_all_well_is_plain(report: Report, is_plain: bool) -> None:
    assert plain(report) is is_plain


@pytest.mark.parametrize(
    ("kind", "label"),
    [("case", "ask_work.case"), ("training", "ask_work.training"), ("secondment", "ask_work.secondment")],
)
def test_the_work_part_is_called_by_the_kind_of_branch(kind: str, label: str) -> None:
    assert [part["label"] for part in parts(Report(work="tight"), kind)] == [label]


def test_words_of_several_lines_are_shown_in_one() -> None:
    assert parts(Report(living="other", living_words="吃得好\n睡得 好"), "case")[0]["words"] == "吃得好 睡得 好"
