"""What a plan foresees is what applying then does, whatever was edited and however long the bot was away."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import read
from bot.config.model import Config
from bot.flow.plan import foresee
from bot.flow.reconcile import reconcile
from bot.flow.tick import ring_all
from bot.store.tables import Tables
from bot.store.tx import Tx
from tests.flow.random_towns import files
from tests.town import Town, town, town_with

MINUTES_AWAY = st.sampled_from([0, 0, 1, 30, 600, 1440, 5000, 20000])
Seen = tuple[set[str], set[tuple[str, str]]]


def look(tx: Tx) -> Seen:
    """All that was ever owed, and who belongs where."""
    return {row["reason"] for row in tx.all("SELECT reason FROM outbox")}, Tables(tx).members.places()


def anyhow(tx: Tx, config: Config, now: datetime) -> Seen:
    reconcile(tx, config, now)
    ring_all(tx, config, now)
    return look(tx)


async def edit(t: Town, text: str) -> None:
    """The plan of that file, against what comes of applying it."""
    old, new, now = t.bot.config, read(text, Path("config.toml")), t.clock.now()
    plan = await t.bot.store.rehearse(lambda tx: foresee(tx, old, new, now))
    owed, places = await t.bot.store.rehearse(lambda tx: anyhow(tx, old, now))
    await t.bot.apply(new, plan.found)
    await t.bot.beat()
    owed_then, places_then = await t.bot.store.read(look)
    assert {one.reason for one in plan.messages} == owed_then - owed
    assert set(plan.leaving) == places - places_then


@settings(max_examples=15, deadline=None)
@given(files(), st.lists(st.tuples(MINUTES_AWAY, files()), min_size=1, max_size=3))
async def test_what_was_foreseen_comes_of_it_and_nothing_else(first: str, edits: list[tuple[int, str]]) -> None:
    async with town(first, "2026-03-06 08:00") as t:
        await t.until("2026-03-09 09:59")
        for minutes, text in edits:
            t.clock.move(t.clock.now() + timedelta(minutes=minutes))
            await edit(t, text)


async def test_a_last_day_moved_while_the_bot_was_away_is_foreseen() -> None:
    """Without the new file the branch would have ended meanwhile; with it, it goes on."""
    branch = '[branches.b]\nname = "b"\nkind = "case"\nfrom = 2026-03-02\nto = 2026-03-10\n'
    branch += 'liaison = ["li"]\nmembers = ["chen"]\n'
    head = 'name = "示例院"\nadmins = ["li"]\n[channels.chat]\nkind = "webchat"\n'
    people = '[people]\nli = { name = "李明" }\nchen = { name = "陈晓" }\n'
    for text in (head + people, head + people + branch.replace("03-10", "04-10")):
        async with town(head + people + branch, "2026-03-09 08:00") as t:
            t.clock.move(t.clock.now() + timedelta(days=4))
            await edit(t, text)


async def test_a_poisoned_alarm_stops_no_plan() -> None:
    async with town() as t:
        await t.bot.store.write(
            lambda tx: tx.run("INSERT INTO alarm (kind, subject, at) VALUES ('gone', '', '2026-03-02T00:00:00Z')")
        )
        await edit(t, town_with(("to = 2026-05-29", "to = 2026-06-12")))
