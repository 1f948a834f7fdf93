"""Study in bulk: an export of 20 000 rows taken in, against a plain read of the same file by the library; and a plan
of 500 items for 10 000 members over a year."""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from python_calamine import CalamineWorkbook

from bot.config.load import read
from bot.config.model import Config
from bot.config.progress_file import read_progress
from bot.flow.progress_post import looked_at
from bot.flow.reconcile import reconcile
from bot.learning.plan import plans
from bot.store.migrate import MIGRATIONS
from bot.store.sqlite import SqliteStore, open_store
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import open_vault
from bot.work import Work

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROWS, TURNS, MEMBERS, HOMES, ITEMS = 20_000, 5, 10_000, 50, 500
WANTED_SECONDS, WANTED_RATIO, WANTED_PLAN = 5.0, 3.0, 3.0
HEADS = ("序号", "姓名", "工号", "部门", "课程名称", "获得学时", "完成情况", "年度")


def _config() -> Config:
    """Ten thousand people of fifty homes, a tenth of them away, five hundred items of all kinds of schedule."""
    lines = ['name = "测试院"', 'admins = ["m0"]', "[channels.chat]", 'kind = "webchat"', "[people]"]
    lines += [
        f'm{i} = {{ name = "同志{i}", status = "{"full" if i % 3 else "officer"}", home = "h{i % HOMES}" }}'
        for i in range(MEMBERS)
    ]
    lines += [line for i in range(HOMES) for line in (f"[homes.h{i}]", f'name = "第{i}支部"', f'secretary = "m{i}"')]
    for i in range(MEMBERS // 1000):
        own = ", ".join(f'"m{one}"' for one in range(i * 100, i * 100 + 100))
        lines += [f"[branches.b{i}]", f'name = "第{i}联络群"', 'kind = "case"', 'liaison = ["m0"]']
        lines += [
            "from = 2026-03-02",
            "to = 2027-12-29",
            f"members = [{own}]",
            'report = { ask = "yearly 06-01 09:00" }',
        ]
    whens = ("mon 16:00", "monthly 15 15:00", "quarterly 2/20 15:00", "workdays 09:00", "monthly last-fri 15:10")
    for i in range(ITEMS):
        lines += [f"[study.s{i}]", f'title = "学习{i}"', f'when = "{whens[i % len(whens)]}"', "remind = []"]
        audience = '"all"' if i % 10 == 0 else '"away"' if i % 10 == 1 else f'"h{i % HOMES}"'
        lines += [f"audience = {audience}", 'status = ["full"]' if i % 7 == 0 else ""]
    return read("\n".join(lines), Path("config.toml"))


def _export(file: Path) -> None:
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("导出")  # pyright: ignore[reportUnknownMemberType]
    rows = ((i, f"同志{i // 2}", "", "一部", f"课程{i % 2}", 1.5, "已完成", "2026") for i in range(ROWS))
    for number, row in enumerate([HEADS, *rows]):
        sheet.write_row(number, 0, row)  # pyright: ignore[reportUnknownMemberType]
    book.close()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _plain(file: Path) -> None:
    with CalamineWorkbook.from_filelike(BytesIO(file.read_bytes())) as book:
        assert len(book.get_sheet_by_index(0).to_python(skip_empty_area=False)) == ROWS + 1


async def _taken_in(store: SqliteStore, config: Config, file: Path) -> float:
    """From the file to the disk, of rows nobody has seen."""
    await store.write(lambda tx: tx.run("DELETE FROM study_progress"))
    begun = time.perf_counter()
    export = read_progress(file, config.platforms["ah-cadre"], 2026)
    outcome = await store.write(looked_at(config, NOW, "ah-cadre", export, enter=True), aside=True)
    assert outcome["figures"]["new"] == ROWS
    return time.perf_counter() - begun


def _planned(tx: Tx, config: Config) -> tuple[float, int]:
    work = Work(tx, config, NOW)
    members = Tables(tx).members.listed()
    begun = time.perf_counter()
    found = plans(work, members, NOW, NOW + timedelta(days=365))
    return time.perf_counter() - begun, sum(map(len, found.values()))


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place, config = Path(folder), _config()
        store = open_store(place / "x.db", MIGRATIONS, open_vault(place / "x.key"), NOW)
        await store.write(lambda tx: reconcile(tx, config, NOW), aside=True)
        _export(place / "export.xlsx")
        gc.collect()
        gc.freeze()  # as the bot does once it is ready
        pairs = [
            (_seconds(lambda: _plain(place / "export.xlsx")), await _taken_in(store, config, place / "export.xlsx"))
            for _ in range(TURNS)
        ]
        plan = [await store.write(lambda tx: _planned(tx, config), aside=True) for _ in range(TURNS)]
        await store.close()
    ratios, ours = [ours / plain for plain, ours in pairs], statistics.median(pair[1] for pair in pairs)
    print(f"{ROWS} rows: {ours:.2f} s, wanted < {WANTED_SECONDS:.0f}")
    print(f"{_spread(ratios)} times a plain read by the library, wanted < {WANTED_RATIO:.0f}")
    print(f"{ITEMS} items, {MEMBERS} members, a year: {plan[0][1]} entries")
    print(f"{_spread([one for one, _ in plan])} s, wanted < {WANTED_PLAN:.0f}")


def _spread(figures: list[float]) -> str:
    return f"{statistics.median(figures):.2f} ({min(figures):.2f}-{max(figures):.2f})"


if __name__ == "__main__":
    asyncio.run(main())
