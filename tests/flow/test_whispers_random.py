"""Whoever whispers what to whom, on whatever day: it is read by the one it was for, and stands in nothing shared."""

import io
import json
import logging
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import read
from bot.desk import BotDesk
from bot.export.contents import SUBJECTS
from bot.store.tables import Tables
from tests.place import STORE, lianxin
from tests.talking import TALKS
from tests.town import ZONE, Town, town

OFFICE = (TALKS / "office.toml").read_text("utf-8")
ENDS = OFFICE.replace("2026-05-29", "2026-03-06")
OTHER_DUTY = ENDS.replace('liaison = ["zhou", "wu"]', 'liaison = ["wu", "zhou"]')
READERS = {"chen": ("zhou", "ma"), "li": ("zhou", "ma"), "he": ("wu", "ma"), "li2": ("wu", "ma")}
HOW = (("悄悄 联络员 {}", 0), ("悄悄 书记：{}", 1), ("悄悄 {}", 0), ("悄悄 {}", 1))
ASKS = ("摘要", "看悄悄话", "看悄悄话 1", "看建议")
WHISPERS = st.tuples(st.sampled_from(sorted(READERS)), st.sampled_from(range(len(HOW))))
DAYS = st.lists(st.tuples(st.lists(WHISPERS, max_size=3), st.integers(0, 20), st.booleans()), min_size=1, max_size=2)


@dataclass(frozen=True, slots=True)
class Whispered:
    words: str
    writer: str
    reader: str


class Kept(logging.Handler):
    """Everything that is logged, at whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


async def whisper(t: Town, writer: str, how: int, number: int) -> Whispered:
    """Said to somebody at once, or when asked to whom."""
    form, place = HOW[how]
    words = f"夜莺{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}很难受，需要帮忙"
    answer = await t.talk(writer, form.format(words))
    if "给谁" in answer:
        answer = await t.talk(writer, str(place + 1))
    found = await t.rows("SELECT reader FROM whisper ORDER BY number DESC LIMIT 1")
    return Whispered(words, writer, found[0]["reader"])


async def live(t: Town, days: Sequence[tuple[Sequence[tuple[str, int]], int, bool]]) -> list[Whispered]:
    """They whisper; everybody else tries what they can; the duty may change; the days go by to the end."""
    said: list[Whispered] = []
    for whispers, hours, other in days:
        for writer, how in whispers:
            said.append(await whisper(t, writer, how, len(said)))
        if other:
            await t.bot.apply(read(OTHER_DUTY + STORE, Path("config.toml")))
        for who in ("zhou", "wu", "ma", "wang"):
            for text in ASKS:
                await t.talk(who, text)
        there = t.clock.now() + timedelta(hours=hours)
        await t.until(f"{there.astimezone(ZONE):%Y-%m-%d %H:%M}")
    await t.until("2026-03-09 12:00")  # closings and weekly digests have gone out
    return said


def printed(*words: object) -> str:
    """What a command says, beside the running bot."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(out):
        assert lianxin(*words) == 0, words
    out.flush()
    out.seek(0)
    return out.read()


async def shared(t: Town, folder: Path, kept: Kept) -> dict[str, str]:
    """Everything that more than one person may see, by name."""
    file = folder / "config.toml"
    found = {one: printed("export", one, file, "--words", "--format", "json") for one in SUBJECTS}
    found |= {who: printed("export", "member", file, who, "--format", "json") for who in ("chen", "zhou")}
    found |= {"calendar": printed("calendar", file), "log": "\n".join(kept.lines)}
    file.write_text(OTHER_DUTY + STORE, "utf-8")
    found |= {"plan": printed("plan", file), "healthz": json.dumps(await BotDesk(t.bot).health())}
    for table in ("ledger", "setting", "alarm", "applied", "refusal"):
        rows = await t.rows(f"SELECT * FROM {table}")  # pyright: ignore[reportArgumentType]
        found[table] = repr([dict(row) for row in rows])
    return found


async def heard_by(t: Town, who: str) -> str:
    lines = await t.bot.store.read(lambda tx: Tables(tx).lines.of(who, 0, 5000))
    return "\n".join(line.text for line in lines)


@settings(max_examples=4)
@given(DAYS)
async def test_a_whisper_stands_in_nothing_that_is_shared_and_on_nobody_elses_phone(
    days: Sequence[tuple[Sequence[tuple[str, int]], int, bool]],
) -> None:
    kept, logs = Kept(), logging.getLogger()
    logs.addHandler(kept)
    logging.getLogger("lianxin").setLevel(logging.DEBUG)
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "config.toml").write_text(ENDS + STORE, "utf-8")
            async with town(ENDS + STORE, folder=Path(folder)) as t:
                await t.until("2026-03-02 17:40")
                said = await live(t, days)
                places = await shared(t, Path(folder), kept)
                phones = {who: await heard_by(t, who) for who in t.bot.config.people}
                await t.until("2026-04-04 12:00")  # and the bulletin of the month
                phones = {who: text + await heard_by(t, who) for who, text in phones.items()}
    finally:
        logs.removeHandler(kept)
    for one in said:
        assert [name for name, text in places.items() if one.words in text] == []
        assert {who for who, text in phones.items() if one.words in text} <= {one.writer, one.reader}
        assert one.words in phones[one.reader] or any(other for _, _, other in days)
