"""A message about others is cut person by person, and a name nobody bears is not lost in the words before it."""

import pytest

from bot.domain.apart import told_apart
from bot.domain.people import Member
from bot.domain.proxy_lines import lines_of

CHEN, WANG, LI, LI2 = (
    Member(id_, name, "full", home, "zh")
    for id_, name, home in (("chen", "陈晓", ""), ("wang", "王静", ""), ("li", "李明", "first"), ("li2", "李明", "x"))
)
PEOPLE = [CHEN, WANG, LI, LI2]
HOMES = {"li": "第一党支部", "li2": "第二党支部"}


def cut(said: str) -> list[tuple[str, str]]:
    return [("/".join(one.id for one in line.people), line.words) for line in lines_of(said, PEOPLE)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("陈晓 1", [("chen", "1")]),
        ("陈晓1", [("chen", "1")]),
        ("陈晓同志：1", [("chen", "1")]),
        ("陈晓 1\n王静 思想一般", [("chen", "1"), ("wang", "思想一般")]),
        ("陈晓 1；王静 思想一般", [("chen", "1"), ("wang", "思想一般")]),
        ("陈晓 思想稳；节点紧", [("chen", "思想稳\n节点紧")]),
        ("陈晓 1\n\n  张三 1", [("chen", "1"), ("", "张三 1")]),
        ("张三 1\n陈晓 1", [("", "张三 1"), ("chen", "1")]),
        ("陈晓\n思想：稳\n胃不舒服", [("chen", "\n思想：稳\n胃不舒服")]),
        ("陈晓 1\n生活：好\n王静 1\n张三 都好", [("chen", "1\n生活：好"), ("wang", "1"), ("", "张三 都好")]),
        ("陈晓 1\n王静 1\n胃不舒服", [("chen", "1"), ("wang", "1"), ("", "胃不舒服")]),
        ("李明 1", [("li/li2", "1")]),
        ("li2 1", [("li2", "1")]),
        ("都好", [("", "都好")]),
    ],
)
def test_each_line_is_about_whom_it_names(said: str, found: list[tuple[str, str]]) -> None:
    assert cut(said) == found


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *[("那第一位", "li"), ("第九个", None)],
        *[("2", "li2"), ("第二个", "li2"), ("第2位", "li2"), ("1。", "li"), ("3", None), ("0", None), ("li", "li")],
        *[
            ("LI2", "li2"),
            ("第二党支部的", "li2"),
            ("第一", "li"),
            ("党支部", None),
            ("一", None),
            ("第三党支部", None),
        ],
    ],
)
def test_of_two_who_bear_one_name_she_is_meant_who_was_told_apart(said: str, meant: str | None) -> None:
    found = told_apart(said, [LI, LI2], HOMES)
    assert (found.id if found else None) == meant
