"""`lianxin export`, as an admin calls it beside a running bot."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.store.extracts import PAGE
from bot.store.tx import Value
from tests.export.test_cells import read
from tests.place import ASKED, lianxin, settings, unit
from tests.town import Town

SAID = (("li", "思想稳 节点紧 胃不舒服"), ("chen", "1"), ("wang", "求助 想换个近一点的住处"))
ROUND = "INSERT INTO round (id, branch, state, ask_at, due_at) VALUES (:id, 'qingfeng', 'told', :at, :at)"
REPORT = "INSERT INTO report (round, member, ask_at) SELECT :id, id, :at FROM member WHERE id IN ('li', 'sun', 'wang')"
NEED = (
    "INSERT INTO need (id, number, branch, member, kind, state, words, raised_at, moved_at)"
    " VALUES ('n' || :number, :number, 'qingfeng', 'li', 'talk', 'open', '', :at, :at)"
)
Out = pytest.CaptureFixture[str]


async def asked(t: Town) -> None:
    await t.until(ASKED)
    for who, text in SAID:
        await t.talk(who, text)


def exported(folder: Path, capsys: Out, *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert lianxin("export", words[0], folder / "config.toml", "--format", "json", *words[1:]) == 0
    return json.loads(capsys.readouterr().out)


async def test_reports_tell_who_was_asked_and_what_was_declared(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        rows = exported(tmp_path, capsys, "reports")
    assert [(row["member"], row["answered_at"]) for row in rows[:3]] == [
        ("陈晓", "2026-03-02T17:40+08:00"),
        ("李明", "2026-03-02T17:40+08:00"),
        ("孙悦", None),
    ]
    assert (rows[1]["work"], rows[1]["living"], rows[1]["asked"]) == ("节点紧张", "有难处", True)
    assert not any(key.endswith("_words") for row in rows for key in row)


async def test_own_words_come_only_when_asked_for(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        assert "胃不舒服" not in json.dumps(exported(tmp_path, capsys, "reports"), ensure_ascii=False)
        assert exported(tmp_path, capsys, "reports", "--words")[1]["living_words"] == "胃不舒服"
        assert "words" not in exported(tmp_path, capsys, "needs")[0]
        assert exported(tmp_path, capsys, "needs", "--words")[0]["words"] == "想换个近一点的住处"


async def test_thoughts_are_in_no_export(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await t.until(ASKED)
        await t.talk("li", "思想：夜里想家；生活：都好")
        rows = exported(tmp_path, capsys, "reports", "--words")
    assert not {key for row in rows for key in row if "thoughts" in key}
    assert "想家" not in json.dumps(rows, ensure_ascii=False)


async def test_of_who_has_withdrawn_nothing_that_was_said_is_exported(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        for who in ("li", "wang"):
            await t.talk(who, "不同意")
        rows = exported(tmp_path, capsys, "reports", "--words") + exported(tmp_path, capsys, "needs", "--words")
    li = next(row for row in rows if row["member_id"] == "li")
    assert (li["answered_at"], li["work"], li["living_words"]) == ("2026-03-02T17:40+08:00", "", "")
    assert "住处" not in json.dumps(rows, ensure_ascii=False)


async def test_who_was_left_alone_was_not_asked(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await t.until("2026-03-02 10:00")
        await t.talk("zhao", "静默 48小时")
        await t.until(ASKED)
        rows = exported(tmp_path, capsys, "reports")
    assert {row["member_id"] for row in rows if not row["asked"]} == {"zhao"}


async def test_needs_tell_every_step(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        await t.talk("zhou", "认领 1")
        need = exported(tmp_path, capsys, "needs")[0]
        told = (need["number"], need["need_kind"], need["need_state"], need["claimed_by"], need["settled_at"])
        assert told == (1, "住宿", "已认领", "周敏", None)
        for who, said in (("zhou", "办结 1"), ("wang", "没解决"), ("zhou", "办结 1"), ("wang", "解决了")):
            await t.talk(who, said)
        need = exported(tmp_path, capsys, "needs")[0]
    assert (need["need_state"], need["reopened"]) == ("本人确认解决", 1)
    assert need["settled_at"] == need["confirmed_at"] == need["ended_at"] == "2026-03-02T17:40+08:00"


async def test_a_branch_bears_the_name_it_may(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path, "2026-03-02 08:00", ('status = "full"', 'status = "officer"')) as t:
        await asked(t)
        row = exported(tmp_path, capsys, "branch")[0]
    assert "支部" not in row["branch"]
    assert (row["form"], row["members"], row["times_answered"], row["needs_raised"]) == ("学习联络群", 5, 2, 1)


async def test_no_figures_about_a_few(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path, "2026-03-02 08:00", (', "zhao", "sun"]', "]")) as t:
        await asked(t)
        row = exported(tmp_path, capsys, "branch")[0]
    assert (row["members"], row["times_answered"], row["needs_raised"]) == (3, None, None)


async def test_heads_and_words_are_in_the_chosen_language(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        assert lianxin("export", "reports", tmp_path / "config.toml", "--lang", "en") == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert (table[1]["Work or study"], table[1]["Late"], table[1]["Answered at"]) == (
        "deadlines tight",
        "no",
        "2026-03-02 17:40",
    )


async def test_days_are_those_of_the_branch(tmp_path: Path, capsys: Out) -> None:
    async with unit(
        tmp_path, "2026-03-02 08:00", ('kind = "case"', 'kind = "case"\ntime_zone = "Pacific/Auckland"')
    ) as t:
        await t.until("2026-03-03 08:00")
        days = [
            len(exported(tmp_path, capsys, "reports", "--from", day, "--to", day))
            for day in ("2026-03-02", "2026-03-03")
        ]
    assert days == [5, 0]


async def test_pages_leave_nothing_out_and_repeat_nothing(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await t.until(ASKED)
        rounds: list[dict[str, Value]] = [
            {"id": f"qingfeng/{n:04d}", "at": "2026-03-02T01:00:00Z"} for n in range(PAGE)
        ]
        await t.bot.store.write(lambda tx: tx.many(ROUND, rounds))
        await t.bot.store.write(lambda tx: tx.many(REPORT, rounds))
        reports = exported(tmp_path, capsys, "reports")
    assert len(reports) == 5 + 3 * PAGE


async def test_needs_go_on_over_pages(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await t.bot.store.write(
            lambda tx: tx.many(NEED, [{"number": n, "at": "2026-03-02T01:00:00Z"} for n in range(1, 2 * PAGE + 1)])
        )
        needs = exported(tmp_path, capsys, "needs")
    assert [row["number"] for row in needs] == list(range(1, 2 * PAGE + 1))


async def test_a_workbook_is_written_whole_and_not_over_another(tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "out.xlsx"
    async with unit(tmp_path) as t:
        await asked(t)
        words = ("export", "reports", tmp_path / "config.toml", "--out", out)
        assert [lianxin(*words), lianxin(*words), lianxin(*words, "--force")] == [0, 2, 0]
    assert "--force" in capsys.readouterr().err
    assert len(read(out)) == 6
    assert out.stat().st_mode & 0o077 == 0


async def test_each_export_is_noted_before_it_is_made(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path):
        assert lianxin("export", "needs", tmp_path / "config.toml", "--words") == 0
        told = capsys.readouterr()
        noted = json.loads((tmp_path / "town.exports.log").read_text("utf-8"))
        assert "没有可导出的内容" in told.err
        assert told.out.startswith("\ufeff诉求号,")
        (tmp_path / "town.exports.log").unlink()
        (tmp_path / "town.exports.log").mkdir()
        assert lianxin("export", "needs", tmp_path / "config.toml") == 2
    assert (noted["subject"], noted["words"], bool(noted["by"])) == ("needs", True, True)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--branch", "nobody"), "qingfeng"),
        (("--from", "3月2日"), "2026-03-02"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "对调"),
        (("--format", "xlsx"), "--out reports.xlsx"),
        (("--out", "nowhere/out.csv"), "nowhere"),
    ],
)
async def test_what_cannot_be_exported_is_said_in_a_sentence(
    tmp_path: Path, capsys: Out, words: tuple[str, ...], told: str
) -> None:
    async with unit(tmp_path):
        assert lianxin("export", "reports", tmp_path / "config.toml", *words) == 2
    seen = capsys.readouterr()
    assert (seen.out, told in seen.err, seen.err.count("\n")) == ("", True, 1)


async def test_nothing_is_read_with_another_key(tmp_path: Path, capsys: Out) -> None:
    assert lianxin("export", "needs", settings(tmp_path)) == 2
    async with unit(tmp_path):
        (tmp_path / "town.key").rename(tmp_path / "other.key")
        assert lianxin("export", "needs", tmp_path / "config.toml") == 2
        assert not (tmp_path / "town.key").exists()
        (tmp_path / "town.key").write_bytes((tmp_path / "other.key").read_bytes().swapcase())
        (tmp_path / "town.key").chmod(0o600)
        assert lianxin("export", "needs", tmp_path / "config.toml") == 2
    assert capsys.readouterr().err.count("key_file") == 3


async def test_an_answer_entered_by_phone_says_so_and_by_whom_until_she_changes_it(tmp_path: Path, capsys: Out) -> None:
    async with unit(tmp_path) as t:
        await asked(t)
        for who, text in (("zhou", "代报 孙悦 1"), ("wu", "代报 赵磊 1"), ("zhao", "思想一般")):
            await t.talk(who, text)
        rows = {row["member"]: row for row in exported(tmp_path, capsys, "reports")}
    assert [(rows[name]["way"], rows[name]["entered_by"]) for name in ("孙悦", "赵磊", "陈晓", "王静")] == [
        ("电话代报", "周敏"),
        ("代报后本人已改", "吴强"),
        ("本人", ""),
        ("", ""),
    ]
    assert (rows["孙悦"]["entered_at"], rows["陈晓"]["entered_at"]) == ("2026-03-02T17:40+08:00", None)
