"""Every mistake an admin can make in a roster: the sentence it earns, its row and head, and the rows of the sheet."""

from datetime import date

from tests.unit.roster_unit import PEOPLE
from tests.workbooks import HEADS, Rows

PLAIN = ("编号", "姓名", "chat")
LONG = "清" * 41


def more(*cells: object) -> Rows:
    """The good sheet, and one row under it (its row 5)."""
    return [*PEOPLE, cells]


# the sentence, row and head it names, and the rows
BAD_ROWS: list[tuple[str, int, str, Rows]] = [
    ("no_id_column", 1, "", [HEADS[1:], *(row[1:] for row in PEOPLE[1:])]),
    ("no_name_column", 1, "", [["编号", "身份"], ["zhou", "干警"]]),
    ("head_twice", 1, "", [[*HEADS, "政治面貌"], *PEOPLE[1:]]),
    ("no_id", 5, "编号", more(None, "孙悦", None, None, None)),
    ("no_id", 5, "编号", more("　", "孙悦", None, None, None)),
    ("bad_id", 5, "编号", more("孙悦", "孙悦", None, None, None)),
    ("bad_id", 5, "编号", more(1001.5, "孙悦", None, None, None)),
    ("bad_id", 5, "编号", more("sun@x", "孙悦", None, None, None)),
    ("bad_id", 5, "编号", more("-sun", "孙悦", None, None, None)),
    ("bad_id", 5, "编号", more("s" * 33, "孙悦", None, None, None)),
    ("date_id", 5, "编号", more(date(2026, 3, 12), "孙悦", None, None, None)),
    ("id_twice", 5, "编号", more("Chen", "孙悦", None, None, None)),
    ("in_file_too", 5, "编号", more("wu", "吴强", None, None, None)),
    ("secret", 5, "编号", more(f"11010119900307{7715}", "孙悦", None, None, None)),
    ("secret", 5, "编号", more(f"138{12345678}", "孙悦", None, None, None)),
    ("secret", 5, "姓名", more("sun", f"孙悦 138{12345678}", None, None, None)),
    ("secret", 5, "姓名", more("sun", "青松一号", None, None, None)),
    ("no_name", 5, "姓名", more("sun", None, None, None, None)),
    ("name_long", 5, "姓名", more("sun", LONG, None, None, None)),
    ("unprintable", 5, "姓名", more("sun", "Ann\nLi", None, None, None)),
    ("status", 5, "身份", more("sun", "孙悦", "书记", None, None)),
    ("status", 5, "身份", more("sun", "孙悦", 1, None, None)),
    ("unknown_home", 5, "原支部", more("sun", "孙悦", None, "民兵连", None)),
    ("unknown_home_like", 5, "原支部", more("sun", "孙悦", None, "第一支部", None)),
    ("unknown_branch_like", 5, "临时支部", more("sun", "孙悦", None, None, "海澜")),
    ("unknown_branch", 5, "临时支部", more("sun", "孙悦", None, None, "清风专班、外星")),
    ("unknown_branch_like", 5, "临时支部", more("sun", "孙悦", None, None, "清风专班组")),
    ("language", 2, "语言", [["编号", "姓名", "语言", "临时支部"], ["zhou", "周敏", "法语", "清风专班、海澜培训班"]]),
    (
        "same_address",
        3,
        "chat",
        [[*PLAIN, "临时支部"], ["zhou", "周敏", "a", "清风专班"], ["li", "李明", "a", "hailan"]],
    ),
    ("same_address", 2, "chat", [[*PLAIN, "临时支部"], ["zhou", "周敏", "wu", "清风专班、hailan"]]),
]
