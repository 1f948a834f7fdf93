"""The heads of a sheet's columns, in any order and under the names people give them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.config.workbook import Sheet

ID, NAME, BRANCHES = "id", "name", "branches"

WORDS_OF_HEADS: dict[str, tuple[str, ...]] = {
    ID: ("编号", "人员编号", "成员编号", "干警编号", "员工编号", "工号", "员工号", "id", "memberid", "staffid", "code"),
    NAME: ("姓名", "名字", "人员姓名", "成员姓名", "干警姓名", "name", "fullname"),
    "status": ("身份", "政治面貌", "政治身份", "党员身份", "人员身份", "党员类别", "status", "partystatus"),
    "home": ("原支部", "所在支部", "所属支部", "原党支部", "所在党支部", "所属党支部", "home", "homebranch"),
    "group": ("党小组", "所在党小组", "所属党小组", "小组", "网格", "group", "partygroup"),
    BRANCHES: (
        *(
            "临时支部",
            "临时党支部",
            "线上临时支部",
            "线上临时党支部",
            "所在临时支部",
            "所在临时党支部",
            "联络群",
            "学习联络群",
        ),
        *("branch", "branches", "temporarybranch", "temporarybranches"),
    ),
    "language": ("语言", "语种", "language"),
    "buddy": ("结对", "结对同志", "结对人", "buddy"),
}
# Heads for the one channel of a kind, whatever the file calls it.
WORDS_OF_KINDS: dict[str, tuple[str, ...]] = {
    "webchat": ("网页聊天", "网页", "网页账号", "网页聊天账号", "webchat"),
    "wecom": ("企业微信", "企微", "企业微信账号", "企业微信号", "企微账号", "wecom", "wechatwork"),
}
# Not for us, and no slip of anyone's.
WORDS_PASSED_OVER = ("序号", "序", "no", "number", *(word for words in WORDS_OF_KINDS.values() for word in words))

_LAST_HEAD_ROW = 50
_LONGEST_HEAD = 40
_TALLEST_HEADS = 3
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|<.*?>|【.*?】|〔.*?〕")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Heads:
    """`row` is Excel's number of the row the heads stand in; the people's begin at index `end`."""

    row: int
    end: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]  # as they are written
    twice: tuple[str, ...]  # further heads for a column that is there already
    unread: tuple[str, ...]


def known_heads(channels: Mapping[str, Any]) -> dict[str, str]:
    """Each word that may stand above a column, and what the column is."""
    known = {word: name for name, words in WORDS_OF_HEADS.items() for word in words}
    for id_ in channels:
        known.setdefault(plain(id_), id_)
    kinds = [channel.get("kind") for channel in channels.values()]
    for id_, channel in channels.items():
        kind = channel.get("kind")
        for word in WORDS_OF_KINDS.get(kind, ()) if kinds.count(kind) == 1 else ():
            known.setdefault(word, id_)
    return known


def plain(head: str) -> str:
    """A head as it is compared: half width, small letters, neither spaces nor marks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", head).casefold())


def find_heads(sheet: Sheet, known: Mapping[str, str]) -> Heads | None:
    """The first row with two heads or more, of which one is the id's or the name's."""
    for index, row in enumerate(sheet.rows[:_LAST_HEAD_ROW]):
        fields = {field for cell in row if (field := _field(cell, known))}
        if len(fields) > 1 and fields & {ID, NAME}:
            return _heads(sheet, index, known)
    return None


def _heads(sheet: Sheet, index: int, known: Mapping[str, str]) -> Heads:
    """Heads may be two rows tall, with some of them under a common one."""
    tallest = max(_bottoms(sheet, index, known), default=index)
    end = min(tallest + 1, index + _TALLEST_HEADS, len(sheet.rows))
    columns: dict[str, int] = {}
    texts: dict[str, str] = {}
    twice: list[str] = []
    unread: list[str] = []
    for column, cell in _cells(sheet.rows[index:end]):
        field, text = _field(cell, known), " ".join(cell.split())
        if field in columns:
            twice.append(text)
        elif field:
            columns[field], texts[field] = column, text
        elif plain(cell) not in WORDS_PASSED_OVER:
            unread.append(text)
    return Heads(index + 1, end, columns, texts, tuple(twice), tuple(unread))


def _bottoms(sheet: Sheet, index: int, known: Mapping[str, str]) -> Iterator[int]:
    row = sheet.rows[index]
    for (top, left), (bottom, _) in sheet.merged:
        if top == index and left < len(row) and _field(row[left], known):
            yield bottom


def _cells(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, str]]:
    for row in rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip():
                yield column, cell


def _field(cell: object, known: Mapping[str, str]) -> str | None:
    if not isinstance(cell, str) or not 0 < len(cell) <= _LONGEST_HEAD:
        return None
    folded = unicodedata.normalize("NFKC", cell)
    return known.get(plain(folded)) or known.get(plain(_ASIDE.sub("", folded)))
