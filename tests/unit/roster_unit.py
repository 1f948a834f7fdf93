"""A small unit whose people stand in a workbook, for tests."""

from pathlib import Path

from bot.config import model
from bot.config.load import read
from tests.workbooks import HEADS, Rows, Span, xlsx

UNIT = """\
name   = "示例院"
admins = ["zhou"]
[channels.chat]
kind = "webchat"
[roster]
file = "members.xlsx"
[homes.first]
name = "第一党支部"
[homes.second]
name = "第二党支部"
[branches.qingfeng]
name    = "清风专班"
kind    = "case"
from    = 2026-03-02
to      = 2026-05-29
liaison = ["zhou"]
[branches.hailan]
name    = "海澜培训班"
kind    = "training"
from    = 2026-03-09
to      = 2026-03-20
liaison = ["zhou"]
"""
PEOPLE: Rows = [
    HEADS,
    ["zhou", "周敏", "干警", "第一党支部", None],
    ["chen", "陈晓", "正式党员", "第一党支部", "清风专班"],
    ["li", "李明", "预备党员", "second", "清风专班、hailan"],
]
WHO = {
    "zhou": model.Person("周敏", "officer", "first"),
    "chen": model.Person("陈晓", "full", "first"),
    "li": model.Person("李明", "probationary", "second"),
}


def from_csv(folder: Path, text: str, encoding: str = "utf-8") -> model.Config:
    (folder / "members.csv").write_bytes(text.encode(encoding))
    return read(UNIT.replace("members.xlsx", "members.csv"), folder / "unit.toml")


def from_rows(folder: Path, rows: Rows, *merged: Span) -> model.Config:
    xlsx(folder / "members.xlsx", rows, merged)
    return read(UNIT, folder / "unit.toml")


def as_csv(rows: Rows, separator: str = ",") -> str:
    lines = (["" if cell is None else f'"{cell}"' for cell in row] for row in rows)
    return "\r\n".join(map(separator.join, lines)) + "\r\n"
