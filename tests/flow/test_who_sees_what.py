"""Whoever says what, on whatever day: nobody reads words that the table of rights does not give to a role of hers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.access import Deed, may
from bot.export.contents import SUBJECTS, Contents, Wanted
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.work import Work
from tests.talking import TALKS
from tests.town import Town, town

OFFICE = (
    (TALKS / "office.toml")
    .read_text("utf-8")
    .replace('admins = ["zhou"]', 'admins = ["hu"]')
    .replace("[homes.first]", 'hu = { name = "胡管" }\n[homes.first]', 1)
)
AUTHORS = ("li", "wang", "he", "li2")
SAYS: dict[str, tuple[str, Deed]] = {
    "thoughts": ("思想：{}；生活：都好", "see_thoughts"),
    "living": ("生活：{}", "see_living"),
    "need": ("求助 {}", "see_need"),
}
# What anybody may try in order to see something; most of it is not for most of them.
ASKS = (
    "摘要",
    "更多",
    "名单",
    "？",
    "认领 1",
    "答复 1 好",
    "我的记录",
    "待谈",
    "我的诉求",
    "看悄悄话",
    "延期 2天",
    "代报 王静 生活好",
    "代报 li 1",
)
LEAFS = st.tuples(st.sampled_from(AUTHORS), st.sampled_from(sorted(SAYS)))
DAYS = st.lists(st.tuples(st.tuples(LEAFS, LEAFS), st.integers(1, 4)), min_size=1, max_size=3)


@dataclass(frozen=True, slots=True)
class Canary:
    """Words that occur nowhere else, who said them, and the right one needs to read them."""

    author: str
    words: str
    deed: Deed


async def sing(t: Town, author: str, kind: str, number: int) -> Canary:
    words = f"夜莺{'甲乙丙丁戊己庚辛'[number % 8]}{number}唱着"
    form, deed = SAYS[kind]
    await t.talk(author, form.format(words))
    return Canary(author, words, deed)


async def let_everybody_ask(t: Town) -> None:
    for who in t.bot.config.people:
        for text in ASKS:
            await t.talk(who, text)


async def readers(t: Town, words: str) -> set[str]:
    """On whose phones the bot has said them."""
    found: set[str] = set()
    for who in t.bot.config.people:
        lines = await t.bot.store.read(lambda tx, who=who: Tables(tx).lines.of(who, 0, 5000))
        if any(words in line.text for line in lines if line.sender == "bot"):
            found.add(who)
    return found


async def entitled(t: Town, canary: Canary) -> set[str]:
    """She herself, and who holds a role in a branch of hers that may."""

    def unit(tx: Tx) -> set[str]:
        work = Work(tx, t.bot.config, t.clock.now())
        belongs = work.tables.branches.open_of_member(canary.author)
        return {
            who for branch, _ in belongs for who in t.bot.config.people if may(work.roles(branch, who), canary.deed)
        }

    return {canary.author} | await t.bot.store.read(unit)


async def exported(t: Town) -> str:
    """Every export there is, own words included."""

    def unit(tx: Tx) -> list[object]:
        contents = Contents(lambda one: one(tx), "zh", lambda key: t.bot.renderer.say("zh", key), str)
        return [row for subject in SUBJECTS for row in contents.rows(Wanted(subject, words=True))]

    return json.dumps(await t.bot.store.read(unit), ensure_ascii=False, default=str)


@settings(max_examples=6)
@given(DAYS)
async def test_words_reach_only_those_whose_role_may_read_them(
    days: Sequence[tuple[tuple[tuple[str, str], ...], int]],
) -> None:
    async with town(OFFICE) as t:
        await t.until("2026-03-02 17:40")
        canaries: list[Canary] = []
        for said, later in days:
            for author, kind in said:
                canaries.append(await sing(t, author, kind, len(canaries)))
            await let_everybody_ask(t)
            there = f"{t.clock.now() + timedelta(days=later):%Y-%m-%d} 18:30"
            await t.until(there)
        for canary in canaries:
            assert await readers(t, canary.words) <= await entitled(t, canary), canary
        table = await exported(t)
        assert not [one for one in canaries if one.deed == "see_thoughts" and one.words in table]
