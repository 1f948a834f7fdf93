"""`lianxin check` of 1 000 branches and a roster of 20 000 rows, against a plain read of the same workbook."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from python_calamine import CalamineWorkbook

from bot.config.load import load, problem_lines
from bot.errors import ConfigBroken

ROWS, BRANCHES, TURNS, WANTED = 20_000, 1_000, 5, 3.0
SLIP = "书记"
HEADS = ("编号", "姓名", "身份", "原支部", "临时支部", "网页聊天", "部门")


def _write(folder: Path, status: str) -> Path:
    """A unit of that size; with SLIP for a status every row and every branch is wrong."""
    lines = ['name = "测试院"', 'admins = ["m0"]', "[channels.chat]", 'kind = "webchat"']
    lines += ["[roster]", 'file = "members.xlsx"', "[homes.first]", 'name = "第一党支部"']
    for number in range(BRANCHES):
        lines += [f"[branches.b{number}]", f'name = "第{number}联络群"', 'kind = "case"', 'liaison = ["m0", "m1"]']
        lines += ["from = 2026-03-02", f"to = {'2026-01-01' if status == SLIP else '2026-12-29'}"]
        lines += ['report = { ask = "workdays 18:10", due = "15h" }']
    rows = (_row(number, status) for number in range(ROWS))
    book = xlsxwriter.Workbook(folder / "members.xlsx")
    sheet = book.add_worksheet("人员")  # pyright: ignore[reportUnknownMemberType]
    for number, row in enumerate([HEADS, *rows]):
        sheet.write_row(number, 0, row)  # pyright: ignore[reportUnknownMemberType]
    book.close()
    file = folder / "config.toml"
    file.write_text("\n".join(lines), "utf-8")
    return file


def _row(number: int, status: str) -> tuple[str, ...]:
    names = (f"b{number % BRANCHES}", f"第{number % BRANCHES}联络群", f"第{number}专班")
    branch = names[2 if status == SLIP else number % 2]
    return (f"m{number}", f"同志{number}", status, "第一党支部", branch, f"a{number}", "第一检察部")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _plain(file: Path) -> None:
    with CalamineWorkbook.from_filelike(BytesIO((file.parent / "members.xlsx").read_bytes())) as book:
        book.get_sheet_by_index(0).to_python()


def _broken(file: Path) -> None:
    try:
        load(file)
    except ConfigBroken as wrong:
        if len(problem_lines(wrong)) > BRANCHES:
            return
    sys.exit("a broken unit was taken for a good one")


def _command(file: Path) -> None:
    subprocess.run([sys.executable, "-m", "bot", "check", str(file)], stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        good, wrong = _write(Path(one), "正式党员"), _write(Path(other), SLIP)
        turns = [(_seconds(lambda: load(good)), _seconds(lambda: _plain(good))) for _ in range(TURNS)]
        command = min(_seconds(lambda: _command(good)) for _ in range(TURNS))
        broken = min(_seconds(lambda: _broken(wrong)) for _ in range(TURNS))
    loaded, plain = (min(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in turns)
    print(f"check, {ROWS} rows and {BRANCHES} branches: {command:.2f} s whole command (wanted {WANTED:.0f})")
    print(f"  loaded in {loaded:.2f} s, read by calamine alone in {plain:.2f} s, ratio {ratio:.1f}")
    print(f"  a mistake in every row and branch, told in {broken:.2f} s")


if __name__ == "__main__":
    main()
