"""A sheet of paper filled in without signal is taken in as it is: entered in her name, once, and only whole."""

from pathlib import Path

from tests.faults.units import rows_of
from tests.papers import DAILY, MONDAY, TUESDAY, answers, filled, imported, made, table, taken, week
from tests.papers import Out as Printed
from tests.place import settings, unit

SAID = {
    (MONDAY, "陈晓", "思想"): "稳定",
    (MONDAY, "陈晓", "办案"): "节点紧张",
    (TUESDAY, "陈晓", "生活"): "都好",
    (TUESDAY, "王静", "生活"): "胃不舒服",
    (TUESDAY, "王静", "困难"): "换个住处",
}


async def test_each_row_is_an_answer_on_its_day_marked_as_paper_and_each_member_hears_once(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        for who in ("chen", "wang", "li"):
            await t.heard_unasked(who)
        outcome = await taken(t, filled(made(tmp_path), SAID))
        assert outcome == {
            "state": "entered",
            "figures": {"new": 3, "changed": 0, "same": 0, "left": 0},
            "lines": [],
        }
        assert await answers(t) == {
            ("chen", MONDAY): ("paper", "zhou"),
            ("chen", TUESDAY): ("paper", "zhou"),
            ("wang", TUESDAY): ("paper", "zhou"),
        }
        (told,) = await t.heard_unasked("chen")
        assert "周敏按你填的纸质表代报了3月2日（周一）：思想稳定，办案节点紧张。" in told
        assert "代报了3月3日（周二）：生活都好。" in told
        assert await t.heard_unasked("li") == []


async def test_a_need_on_paper_is_raised_in_her_name_once_however_often_the_sheet_comes(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), SAID)
        await taken(t, sheet)
        await t.talk("wu", "答复 1 已联系好")
        await taken(t, sheet)
        rows = await t.rows("SELECT member, state FROM need")
        assert [(row["member"], row["state"]) for row in rows] == [("wang", "in_hand")]
        assert "王静：“换个住处”" in "\n".join(await t.heard("wu"))


async def test_the_digest_says_that_it_came_on_paper_and_by_whom(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        await taken(t, filled(made(tmp_path), SAID), by="wu")
        assert "王静：生活有难处“胃不舒服”（纸质，吴强代报）" in await t.talk("zhou", "摘要")


async def test_twice_is_as_once_and_a_corrected_sheet_corrects(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), SAID)
        await taken(t, sheet)
        await t.heard_unasked("chen")
        before = await t.bot.store.read(rows_of)
        assert (await taken(t, sheet))["figures"]["same"] == 3
        assert await t.bot.store.read(rows_of) == before
        assert await t.heard_unasked("chen") == []
        outcome = await taken(t, filled(sheet, {(MONDAY, "陈晓", "办案"): "阶段完成"}))
        assert outcome["figures"] == {"new": 0, "changed": 1, "same": 2, "left": 0}
        assert "办案阶段完成" in "\n".join(await t.heard_unasked("chen"))


async def test_what_she_or_the_phone_has_said_since_is_left_alone_and_named(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), {**SAID, (TUESDAY, "李明", "思想"): "稳定", (TUESDAY, "赵磊", "生活"): "都好"})
        await t.talk("chen", "思想一般")
        await t.talk("zhou", "代报 王静 1")
        await t.talk("li", "思想稳")
        await t.talk("zhao", "不同意")
        outcome = await taken(t, sheet)
        assert outcome["figures"] == {"new": 1, "changed": 0, "same": 1, "left": 3}
        told = {(line["facts"]["row"], line["key"], line["facts"]["who"]) for line in outcome["lines"]}
        assert told == {
            (9, "sheet.left_hers", "陈晓"),
            (12, "sheet.left_phone", "王静"),
            (13, "sheet.left_refused", "赵磊"),
        }
        assert (await answers(t))["chen", TUESDAY] == ("", None)


async def test_once_she_has_changed_it_herself_the_sheet_changes_it_no_more(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), {(TUESDAY, "陈晓", "思想"): "稳定"})
        await taken(t, sheet)
        await t.talk("chen", "想聊聊")
        assert [line["key"] for line in (await taken(t, sheet))["lines"]] == ["sheet.left_hers"]
        assert (await answers(t))["chen", TUESDAY] == ("own", "zhou")


async def test_an_answer_on_paper_is_no_consent_and_comes_late_where_it_is(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        await taken(t, filled(made(tmp_path), SAID))
        rows = await t.rows("SELECT consent FROM membership WHERE member = 'chen'")
        assert [row["consent"] for row in rows] == ["unasked"]
        late = await t.rows("SELECT late FROM report WHERE member = 'chen' AND answered_at IS NOT NULL ORDER BY ask_at")
        assert [row["late"] for row in late] == [1, 0]


async def test_to_look_writes_nothing(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        outcome = await taken(t, filled(made(tmp_path), SAID), enter=False)
        assert (outcome["state"], outcome["figures"]["new"]) == ("tried", 3)
        assert await answers(t) == {}


async def test_without_a_bot_that_runs_the_command_takes_the_lock_and_the_messages_go_out_at_the_next_start(
    tmp_path: Path, capsys: Printed
) -> None:
    async with week(tmp_path):
        sheet = filled(made(tmp_path), SAID)
    capsys.readouterr()
    await imported(tmp_path, sheet, "--dry-run")
    assert "会新记 3 行" in capsys.readouterr().out
    await imported(tmp_path, sheet)
    assert "新记 3 行，改 0 行，本来就一样 0 行，没有动 0 行，没有填 22 行" in capsys.readouterr().out
    await imported(tmp_path, sheet)
    assert "新记 0 行，改 0 行，本来就一样 3 行" in capsys.readouterr().out
    async with unit(tmp_path, "2026-03-03 18:30", more=DAILY) as t:
        assert len(await answers(t)) == 3


async def test_a_csv_file_with_the_same_columns_will_do(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        file = tmp_path / "sheet.csv"
        lines = ["日期,姓名,思想,办案,生活,困难", "3月2日,陈晓,一般,节点紧,好,", "2026/3/3,王静,,,都好,无", ",,,,,"]
        file.write_bytes("\r\n".join(lines).encode("gb18030"))
        assert (await taken(t, file))["figures"]["new"] == 2


async def test_an_english_sheet_comes_back_into_a_chinese_unit(tmp_path: Path) -> None:
    async with week(tmp_path) as t:
        sheet = made(tmp_path, "--lang", "en")
        row = {(MONDAY, "陈晓", "Thoughts"): "would like to talk", (MONDAY, "陈晓", "Work"): "not for here"}
        await taken(t, filled(sheet, {**row, (MONDAY, "陈晓", "Living"): "difficult"}, "Reports"))
        assert "想聊聊，办案不便说明，生活有难处" in "\n".join(await t.heard("chen"))


async def test_of_two_branches_the_sheet_says_which_and_a_table_of_ones_own_cannot(tmp_path: Path) -> None:
    both = '[branches.hailan]\nname = "海澜培训班"\nkind = "training"\nfrom = 2026-03-02\nto = 2026-03-20\n'
    async with week(tmp_path, more=both + 'liaison = ["wu"]\nmembers = ["chen"]\n') as t:
        own = table(tmp_path, (MONDAY, "陈晓", "稳定", None, None, None, None))
        assert [line["key"] for line in (await taken(t, own))["lines"]] == ["sheet.several_branches"]
        await taken(t, filled(made(tmp_path), SAID))
        rows = await t.rows("SELECT DISTINCT round FROM report WHERE member = 'chen' AND way = 'paper'")
        assert all(row["round"].startswith("qingfeng/") for row in rows)


async def test_only_a_liaison_officer_of_the_branch_stands_for_it(tmp_path: Path, capsys: Printed) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), SAID)
        (line, *_) = (await taken(t, sheet, by="ma"))["lines"]
        assert (line["key"], line["facts"]["by"], line["facts"]["able"]) == (
            "sheet.not_theirs",
            "马骏",
            ["周敏", "吴强"],
        )
        assert await answers(t) == {}
    await imported(tmp_path, sheet, "--by", "nobody", code=2)
    assert '--by 写的 "nobody" 不在配置文件里' in capsys.readouterr().err


async def test_a_sheet_of_another_unit_or_of_a_branch_that_is_over_is_one_sentence(
    tmp_path: Path, capsys: Printed
) -> None:
    async with week(tmp_path) as t:
        sheet = filled(made(tmp_path), SAID)
        await t.talk("zhou", "立即结束")
        await t.talk("zhou", "确认")
        assert [line["key"] for line in (await taken(t, sheet))["lines"]] == ["sheet.not_open"]
    settings(tmp_path, ("[branches.qingfeng]", "[branches.other]"))
    (tmp_path / "town.db").unlink()
    async with unit(tmp_path, "2026-03-02 08:00", ("[branches.qingfeng]", "[branches.other]")):
        pass
    await imported(tmp_path, sheet, code=2)
    assert '这张表是支部 "qingfeng" 的，这里没有这个支部' in capsys.readouterr().err
