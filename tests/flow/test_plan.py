"""What a changed file would do, seen beforehand."""

from pathlib import Path

import pytest

from bot.config.load import read
from bot.config.model import Config
from bot.flow.kinds import KINDS
from bot.flow.plan import Plan, foresee
from bot.flow.plan_lines import change_lines
from bot.flow.settings import settings_of
from tests.tables import dump
from tests.town import TOWN, Town, town, town_with

HAILAN = """
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-09
to = 2026-03-20
liaison = ["wu"]
members = ["chen", "zhou"]
"""
STUDY = '[study.friday]\ntitle = "周五课堂"\nwhen = "fri 15:10"\n'
LI = 'li = { name = "李明", status = "full" }'
BRANCH = TOWN[TOWN.index("[branches") :]


def config(*changes: tuple[str, str], more: str = "") -> Config:
    return read(town_with(*changes, more=more), Path("config.toml"))


async def foreseen(t: Town, new: Config) -> Plan:
    now = t.clock.now()
    return await t.bot.store.rehearse(lambda tx: foresee(tx, t.bot.config, new, now))


async def said(*changes: tuple[str, str], more: str = "", before: str = TOWN, at: str = "2026-03-03 10:00") -> str:
    async with town(before, at) as t:
        plan = await foreseen(t, config(*changes, more=more))
        return "\n".join(change_lines(t.bot.renderer, "zh", plan))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (LI, 'li = { name = "李鸣", status = "full" }', "李明 改名为 李鸣"),
        (LI, 'li = { name = "李明", status = "activist" }', "李明 的身份：正式党员 → 入党积极分子"),
        (LI, 'li = { name = "李明", status = "full", language = "en" }', "李明 的语言：– → en"),
        (LI, 'li = { name = "李明", status = "full", chat = "li2" }', "李明 的账号变了"),
        (LI, LI + '\nhe = { name = "何苗" }', "新增 1 人：何苗"),
        ('name = "清风专班临时党支部"', 'name = "清风组"', "「清风专班临时党支部」改名为「清风组」"),
        ('kind = "case"', 'kind = "training"', "的种类：办案 → 培训"),
        ('secretary = "ma"', 'secretary = "wu"', "的书记：马骏 → 吴强"),
        ('["zhou", "wu"]', '["wu", "zhou"]', "的联络员：换了次序"),
        ('["zhou", "wu"]', '["zhou", "ma"]', "的联络员：加 马骏，减 吴强"),
        ('"zhao", "sun"]', '"zhao"]', "的成员：减 孙悦"),
        ('number = "机党〔2026〕7号"', 'number = "机党〔2026〕9号"', "的批复：机党〔2026〕9号"),
        ("to = 2026-05-29", "to = 2026-06-12", "的最后一天：5月29日（周五） → 6月12日（周五）"),
        ("from = 2026-03-02", "from = 2026-03-03", "的第一天：3月2日（周一） → 3月3日（周二）"),
        ("[people]", '[report]\nask = "daily 18:00"\n[people]', "的提问：mon,thu 17:40 → daily 18:00"),
        ("[people]", '[limits]\nquiet = "21:00-07:00"\n[people]', "limits.quiet：20:00-07:30 → 21:00-07:00"),
        ("[people]", '[silence]\nliaison = "6h"\n[people]', "branches.qingfeng.silence.liaison：4h → 6h"),
        (
            'kind = "case"',
            'kind = "case"\nreport = { work = "gated" }',
            "branches.qingfeng.report.work：closed → gated",
        ),
        ("[people]", '[digest]\ndaily = "none"\n[people]', "digest.daily：workdays 18:20 → none"),
        ("[people]", "[calendar]\noff = [2026-03-05]\n[people]", "放假、调休的日子变了"),
        ("[people]", '[server]\nlisten = "127.0.0.1:9"\n[people]', "要停下来再启动才生效"),
    ],
)
async def test_each_thing_that_changes_has_its_line(old: str, new: str, line: str) -> None:
    assert line in await said((old, new))


async def test_a_new_branch_and_a_new_study_item_are_told() -> None:
    text = await said(more=HAILAN + STUDY)
    assert "新增「海澜培训班」：3月9日（周一）至3月20日（周五），2 人，联络员周敏" not in text
    assert "新增「海澜培训班」：3月9日（周一）至3月20日（周五），2 人，联络员吴强" in text
    assert "新增学习“周五课堂”（fri 15:10）" in text


async def test_what_is_gone_is_told() -> None:
    text = await said((BRANCH, ""), ('sun = { name = "孙悦", status = "officer", language = "en" }\n', ""))
    assert "文件里不再有「清风专班临时党支部」：它会照常进行到5月29日（周五）" in text
    assert "不再有 1 人：孙悦" in text
    assert "不再有学习“x”" in await said(before=TOWN + '[study.x]\ntitle = "课"\nwhen = "fri 15:10"\n')


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('title = "周五课堂"', 'title = "周五讲堂"', "study.friday.title：周五课堂 → 周五讲堂"),
        ('when = "fri 15:10"', 'when = "fri 15:10"\naudience = "away"', "study.friday.audience：all → away"),
        ('when = "fri 15:10"', 'when = "fri 16:10"', "学习“周五课堂”改为 fri 16:10"),
    ],
)
async def test_each_thing_of_a_study_item_that_changes_has_its_line(old: str, new: str, line: str) -> None:
    text = await said((BRANCH, STUDY.replace(old, new)), before=TOWN.replace(BRANCH, STUDY))
    assert text.count(line) == 1


async def test_what_was_said_in_chat_stays_or_gives_way() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-12")), "2026-03-09 10:00") as t:
        await t.talk("zhou", "延期 到3月31日")
        for day, wanted in (("12", "3月31日（周二）结束，保持不变"), ("20", "将以文件里新写的3月20日（周五）为准")):
            plan = await foreseen(t, config(("to = 2026-05-29", f"to = 2026-03-{day}")))
            assert wanted in "\n".join(change_lines(t.bot.renderer, "zh", plan))


async def test_a_plan_names_the_messages_of_the_change_and_no_others() -> None:
    async with town(TOWN, "2026-03-03 10:00") as t:
        assert (await foreseen(t, config())).empty
        plan = await foreseen(t, config(("to = 2026-05-29", "to = 2026-06-12")))
        assert {(one.kind, one.member) for one in plan.messages} == {
            ("closing.extended", member) for member in ("chen", "li", "wang", "zhao", "sun", "zhou", "wu")
        }


async def test_looking_changes_nothing_and_applying_does_what_was_foreseen() -> None:
    async with town(TOWN, "2026-03-03 10:00") as t:
        new = config(('"zhao", "sun"]', '"zhao"]'), more=HAILAN.replace("2026-03-09", "2026-03-03"))
        before = await t.bot.store.read(dump)
        plan = await foreseen(t, new)
        assert await t.bot.store.read(dump) == before
        await t.bot.apply(new)
        await t.bot.beat()
        rows = await t.rows("SELECT reason FROM outbox")
        assert {one.reason for one in plan.messages} <= {row["reason"] for row in rows}
        assert plan.leaving == (("qingfeng", "sun"),)


def test_every_kind_of_message_has_a_name_in_a_plan() -> None:
    from tests.unit.test_sentences import EN, ZH

    for kind in KINDS:
        assert f"plan.message_{kind.replace('.', '_')}" in ZH.keys() & EN.keys()


def test_every_rule_of_the_file_is_compared() -> None:
    named = {path.partition(".")[0] for path in settings_of(config())}
    assert named >= {"name", "admins", "language", "time_zone", "server", "store", "report", "digest", "limits", "keep"}
