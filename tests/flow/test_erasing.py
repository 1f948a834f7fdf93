"""What she wrote is gone when she says so, wherever it was, and of who has left the file it goes by itself."""

import zipfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import Bot
from bot.clock import StillClock
from bot.config.load import read
from bot.ids import new_key
from bot.opening import check_key
from bot.render import SENTENCES, Renderer
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite import open_store
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import AesVault
from tests.flow.transcript import play
from tests.place import lianxin, settings
from tests.town import MORNING, Town, moment, town, town_with

CANARY = "金丝雀在窗台上"
ASKED = "2026-03-02 17:40"
LEAVES = "".join(
    (
        f"chen: 思想一般，{CANARY}一 节点紧 胃不舒服\nzhou: 摘要 | {CANARY}一\n",
        f"chen: 思想一般，{CANARY}二，怎么办\n",  # amended: the earlier words are only on phones
        f"chen: 求助 {CANARY}三\nzhou: 认领 1\nchen: 求助 {CANARY}四\nzhou: 答复 2 车票订好了\n",
        f"chen: 悄悄 周敏 {CANARY}五\nchen: 悄悄 书记 {CANARY}六\nma: 看悄悄话 | {CANARY}六\n",
        f"chen: 建议 {CANARY}七\nzhou: 摘要 | {CANARY}\nwu: 摘要\nchen: 悄悄 {CANARY}八 | 给谁\n",
    )
)


class Remembering(AesVault):
    """The real vault, which also remembers what became of each text."""

    def __init__(self, master: bytes) -> None:
        super().__init__(master)
        self.known: dict[bytes, str] = {}

    def seal(self, place: str, text: str) -> str:
        sealed = super().seal(place, text)
        self.known[sealed.encode()] = text
        return sealed


@asynccontextmanager
async def watched(folder: Path) -> AsyncGenerator[tuple[Town, Remembering]]:
    """The town on disk, at the hour of the first question."""
    file, key = settings(folder), new_key()
    vault, clock = Remembering(key), StillClock(moment(MORNING))
    store = open_store(folder / "town.db", MIGRATIONS, vault, clock.now())
    bot = Bot(read(file.read_text("utf-8"), file), store, vault, clock, Renderer(SENTENCES))
    try:
        await check_key(bot, folder / "town.key")
        await bot.apply()
        t = Town(bot, clock)
        await t.until(ASKED)
        yield t, vault
    finally:
        await store.close()


def texts_on_disk(folder: Path, vault: Remembering) -> list[str]:
    """Every text that somebody with the key could still read in the database or its log."""
    disk = b"".join(path.read_bytes() for path in folder.glob("town.db*"))
    return [text for sealed, text in vault.known.items() if CANARY in text and sealed in disk]


async def test_a_sentence_she_wrote_can_be_read_nowhere_any_more(tmp_path: Path) -> None:
    async with watched(tmp_path) as (t, vault):
        await play(t, LEAVES)
        await t.until("2026-03-02 21:00")
        await play(t, f"chen: 求助 {CANARY}九")  # its news waits for the morning
        assert len(texts_on_disk(tmp_path, vault)) > 15
        await play(t, "chen: 删除 | “确认”\nchen: 确认 | 正在删除")
        assert texts_on_disk(tmp_path, vault) == []
        await t.until("2026-03-03 08:00")
        await play(
            t,
            f"zhou: 摘要 | !{CANARY} | 诉求 1 号，陈晓：“…”\nma: 看悄悄话 2 | 原话已经删除\nzhou: 看悄悄话 | !{CANARY}",
        )
        assert texts_on_disk(tmp_path, vault) == []
        for who in t.bot.config.people:
            lines = await t.bot.store.read(lambda tx, who=who: Tables(tx).lines.of(who, 0, 5000))
            assert not [line for line in lines if CANARY in line.text], who
    assert texts_on_disk(tmp_path, vault) == []


async def test_a_backup_made_afterwards_has_nothing_of_it(tmp_path: Path) -> None:
    settings(tmp_path)
    async with town((tmp_path / "config.toml").read_text("utf-8"), ASKED, tmp_path) as t:
        await play(t, f"chen: 求助 {CANARY}\nchen: 悄悄 周敏 {CANARY}")
        rows = await t.rows("SELECT words AS sealed FROM need UNION ALL SELECT words FROM whisper")
        sealed = [row["sealed"].encode() for row in rows]
        lines = await t.rows("SELECT reference, text FROM phone_line WHERE text <> ''")
        opened = {row["text"]: t.bot.vault.open(f"phone_line|{row['reference']}|text", row["text"]) for row in lines}
        sealed += [one.encode() for one, text in opened.items() if CANARY in text]
        await play(t, "chen: 删除\nchen: 确认")
        assert lianxin("backup", tmp_path / "config.toml") == 0
    [archive] = (tmp_path / "backups").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        kept = b"".join(packed.read(name) for name in packed.namelist())
    assert len(sealed) == 6
    assert not [one for one in sealed if one in kept]


async def test_the_facts_stay_and_others_keep_their_own_words() -> None:
    async with town() as t:
        await t.until(ASKED)
        await play(t, f"chen: 求助 {CANARY}\nli: 求助 换个近一点的住处\nzhou: 答复 1 车票已经订好了")
        await play(t, "chen: 删除\nchen: 确认")
        [need] = await t.rows("SELECT id, state, words, answer, claimed_by FROM need WHERE member = 'chen'")
        assert (need["state"], need["answer"], need["claimed_by"]) == ("in_hand", "", "zhou")
        assert CANARY not in t.bot.vault.open(f"need|{need['id']}|words", need["words"])
        lines = await t.bot.store.read(lambda tx: Tables(tx).lines.of("zhou", 0))
        said = "\n".join(line.text for line in lines)
        assert "答复 1 车票已经订好了" in said
        assert "“换个近一点的住处”" in said
        assert [row["consent"] for row in await t.rows("SELECT consent FROM membership WHERE member = 'chen'")] == [
            "refused"
        ]


async def test_what_was_held_for_the_morning_is_said_without_her_words() -> None:
    async with town() as t:
        await t.until("2026-03-02 21:00")
        await play(t, f"chen: 求助 {CANARY}\nchen: 删除\nchen: 确认")
        await t.heard_unasked("zhou")
        await t.until("2026-03-03 08:00")
        told = "\n".join(await t.heard_unasked("zhou"))
        assert "诉求 1 号，陈晓：“…”" in told
        assert "陈晓要求删除写过的话" in told


async def test_a_long_answer_that_waits_for_more_loses_her_words_too() -> None:
    async with town() as t:
        await t.until(ASKED)
        for number in range(3):
            await t.talk("chen", f"求助 {number}{CANARY}{'长' * 900}")
        await t.talk("chen", f"求助 最后{CANARY}")
        assert "更多" in await t.talk("zhou", "摘要")
        await play(t, "chen: 删除\nchen: 确认")
        assert CANARY not in await t.talk("zhou", "更多")


WITHOUT = (
    ('zhao = { name = "赵磊", status = "officer" }\n', ""),
    ('members = ["chen", "li", "wang", "zhao", "sun"]', 'members = ["chen", "li", "wang", "sun"]'),
)
KEEP = '[keep]\nwords = "10d"\nfacts = "60d"\n[digest]\nweekly = "none"\nmonthly = "none"\n'


async def leave_the_file(t: Town) -> None:
    await t.bot.apply(read(town_with(*WITHOUT, more=KEEP), Path("config.toml")))
    await t.bot.beat()


async def test_who_left_the_file_leaves_no_words_after_their_time() -> None:
    async with town(town_with(more=KEEP)) as t:
        await t.until(ASKED)
        await play(t, f"zhao: 求助 {CANARY}\nzhao: 悄悄 周敏 {CANARY}\nli: 求助 {CANARY}李")
        await leave_the_file(t)
        await t.until("2026-03-12 12:00")
        assert (await t.rows("SELECT words FROM whisper"))[0]["words"] != ""
        await t.until("2026-03-13 12:00")
        assert (await t.rows("SELECT words FROM whisper"))[0]["words"] == ""
        assert CANARY not in (await t.talk("zhou", "摘要")).replace(f"{CANARY}李", "")
        assert f"{CANARY}李" in await t.talk("zhou", "摘要")
        assert (await t.rows("SELECT name FROM member WHERE id = 'zhao'"))[0]["name"] == "赵磊"


async def test_the_name_goes_when_nothing_refers_to_it_any_more() -> None:
    async with town(town_with(("to = 2026-05-29", "to = 2026-03-12"), more=KEEP)) as t:
        await t.until(ASKED)
        await play(t, f"zhao: 求助 {CANARY}\nzhao: English")
        await t.bot.apply(
            read(town_with(*WITHOUT, ("to = 2026-05-29", "to = 2026-03-12"), more=KEEP), Path("config.toml"))
        )
        await t.until("2026-05-11 12:00")
        assert await t.rows("SELECT 1 FROM member WHERE id = 'zhao'")
        assert [row["at"] for row in await t.rows("SELECT at FROM alarm WHERE kind = 'forget'")] == [
            "2026-05-11T19:10:00Z"
        ]
        await t.until("2026-05-13 12:00")
        assert await t.rows("SELECT 1 FROM member WHERE id = 'zhao'") == []
        assert await t.rows("SELECT 1 FROM setting WHERE name = 'language:zhao'") == []
        assert await t.rows("SELECT 1 FROM member WHERE id = 'li'")


async def test_who_comes_back_into_the_file_keeps_name_and_words() -> None:
    async with town(town_with(more=KEEP)) as t:
        await t.until(ASKED)
        await t.talk("zhao", f"求助 {CANARY}")
        await leave_the_file(t)
        await t.until("2026-03-06 12:00")
        await t.bot.apply(read(town_with(more=KEEP), Path("config.toml")))
        await t.until("2026-03-20 12:00")
        assert CANARY in await t.talk("zhou", "摘要")
        assert [row["gone_at"] for row in await t.rows("SELECT gone_at FROM member WHERE id = 'zhao'")] == [None]


async def test_who_answered_for_a_branch_is_not_named_longer_than_whoever_was_in_it() -> None:
    short = ("to = 2026-05-29", "to = 2026-03-12")
    async with town(town_with(short, more=KEEP)) as t:
        await t.until("2026-03-20 12:00")
        other = (
            ("branches.qingfeng", "branches.hailan"),
            ('liaison = ["zhou", "wu"]\nsecretary = "ma"', 'liaison = ["zhou"]'),
            ('wu = { name = "吴强" }\nma = { name = "马骏" }\n', ""),
        )
        await t.bot.apply(read(town_with(*other, more=KEEP), Path("config.toml")))
        await t.until("2026-05-10 12:00")
        assert len(await t.rows("SELECT 1 FROM member WHERE id IN ('wu', 'ma')")) == 2
        await t.until("2026-05-21 12:00")
        assert await t.rows("SELECT 1 FROM member WHERE id IN ('wu', 'ma')") == []


async def test_what_is_on_its_way_or_kept_for_a_repeated_message_loses_her_words_too() -> None:
    async with town() as t:
        await t.until(ASKED)
        await t.talk("chen", f"求助 {CANARY}")
        now = t.clock.now()

        def unit(tx: Tx) -> None:
            tables = Tables(tx)
            tables.deliveries.make("d", "chat", f"又说一遍：{CANARY}", [("wu", "wu", False)], now)
            tables.inbound.put("i", f"已记：{CANARY}", now)
            tables.alarms.put("erase", "chen", now)

        await t.bot.store.write(unit)
        await t.heard_unasked("wu")
        await t.bot.beat()
        assert await t.heard_unasked("wu") == ["又说一遍：…"]
        answers = await t.rows("SELECT id, answer FROM inbound WHERE answer <> ''")
        assert [t.bot.vault.open(f"inbound|{row['id']}|answer", row["answer"]) for row in answers] == ["已记：…"]
