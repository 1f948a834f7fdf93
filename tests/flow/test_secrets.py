"""What may not be said here leaves nothing: not in the database, its log, a phone, the post, or the bot's own log."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Bot
from bot.clock import StillClock
from bot.config.load import read
from bot.ids import new_key
from bot.render import SENTENCES, Renderer
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite import open_store
from bot.store.vault import AesVault
from tests.flow.transcript import ASKED, TWO
from tests.town import MORNING, Town, moment
from tests.unit.gate_corpus import bank_card, id_number, mobile

CANARY = "金丝雀"
UNIT = (
    TWO + '[gate]\nwords = ["飞鸟行动"]\n' + '[study.class]\ntitle = "周五课堂"\nwhen = "mon 19:00"\nremind = ["30m"]\n'
)
SECRETS = {
    "case-number": f"示检刑诉〔2026〕12号 {CANARY}",
    "id-number": f"{id_number()} {CANARY}",
    "phone-number": f"{mobile()} {CANARY}",
    "bank-card": f"{bank_card()} {CANARY}",
    "marking": f"绝密★30年 {CANARY}",
    "unit-word": f"飞鸟行动 {CANARY}",
}
SAID = (
    "{}",
    "思想稳，{}",
    "求助 {}",
    "困难：{}",
    "请假 3天 {}",
    "静默 {}",
    "稍后 {}",
    "不同意，{}",
    "参加，{}",
    "？{}",
)
CASE_WORK = f"提审嫌疑人{CANARY}"


class Remembering(AesVault):
    """The real vault, which also remembers all it was ever given to seal."""

    def __init__(self, master: bytes) -> None:
        super().__init__(master)
        self.sealed: list[str] = []

    def seal(self, place: str, text: str) -> str:
        self.sealed.append(text)
        return super().seal(place, text)


@asynccontextmanager
async def watched(folder: Path) -> AsyncGenerator[tuple[Town, Remembering], None]:
    vault, clock = Remembering(new_key()), StillClock(moment(MORNING))
    config = read(UNIT, folder / "config.toml")
    store = open_store(folder / "town.db", MIGRATIONS, vault, clock.now())
    bot = Bot(config, store, vault, clock, Renderer(SENTENCES))
    await bot.apply()
    town = Town(bot, clock)
    await town.until(ASKED)
    try:
        yield town, vault
    finally:
        await store.close()


def left_anywhere(folder: Path, vault: Remembering, logged: str, text: str) -> list[str]:
    """Where a piece of the text can be found."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    places = [name for name, content in files.items() if text.encode() in content]
    return [*places, *(sealed for sealed in vault.sealed if text in sealed), *(["log"] if text in logged else [])]


@pytest.mark.parametrize("rule", SECRETS)
async def test_a_secret_is_refused_wherever_it_is_said_and_leaves_nothing(
    rule: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with watched(tmp_path) as (t, vault):
        await t.talk("wang", "求助 换房")
        for said in SAID:
            answer = await t.talk("li", said.format(SECRETS[rule]))
            assert "没有保存，也没有转给任何人" in answer
            assert CANARY not in answer
        await t.talk("li", "求助")
        for who, said in (("li", "{}"), ("zhou", "答复 1 {}"), ("zhou", "延期 {} 7天"), ("nobody", "{}")):
            await t.talk(who, said.format(SECRETS[rule]))
        await t.until("2026-03-04 19:00")
        for piece in (CANARY, SECRETS[rule].split(" ")[0]):
            assert left_anywhere(tmp_path, vault, caplog.text, piece) == []
        rows = await t.rows("SELECT hour, rule, times FROM refusal")
        assert [tuple(row.values()) for row in map(dict, rows)] == [("2026-03-02T09:00:00Z", rule, len(SAID) + 3)]
    assert left_anywhere(tmp_path, vault, caplog.text, CANARY) == []


CASE_SAID = (*SAID, "办案：{}", "我回来了，{}", "同上，{}", "一切正常，{}", "需要帮忙，{}", "生活：都好；办案：{}")


async def test_words_about_case_work_leave_nothing_where_only_the_list_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with watched(tmp_path) as (t, vault):
        await t.until("2026-03-02 18:30")
        for said in CASE_SAID:
            for first in ("同意", "求助"):
                await t.talk("li", first)
                assert CANARY not in await t.talk("li", said.format(CASE_WORK)), said
                assert left_anywhere(tmp_path, vault, caplog.text, CANARY) == [], said


async def test_the_phone_shows_that_something_was_not_kept(tmp_path: Path) -> None:
    async with watched(tmp_path) as (t, vault):
        await t.talk("li", SECRETS["marking"])
        await t.talk("sun", CASE_WORK)
        await t.talk("chen", "x" * 4001)
        assert "".join(vault.sealed).count("（这条没有保存）") == 2
        assert "".join(vault.sealed).count("(this message was not kept)") == 1


async def test_what_may_be_said_is_only_ever_on_disk_sealed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with watched(tmp_path) as (t, vault):
        await t.talk("li", f"生活：养了只{CANARY}，困难：{CANARY}病了")
        await t.talk("zhou", f"答复 1 {CANARY}好了")
        await t.until("2026-03-03 19:00")
        assert any(CANARY in sealed for sealed in vault.sealed)
        assert [
            place for place in left_anywhere(tmp_path, vault, caplog.text, CANARY) if place not in vault.sealed
        ] == []
