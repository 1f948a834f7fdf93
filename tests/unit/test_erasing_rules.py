"""What one person wrote, taken out of what others keep."""

import pytest

from bot.domain.erasing import MARK, pieces_of, without


def erased(text: str, *written: str) -> str:
    return without(text, "陈晓", pieces_of(written))


@pytest.mark.parametrize(
    ("text", "written", "left"),
    [
        ("陈晓：思想一般“睡不好”，生活都好", ("睡不好",), f"陈晓：思想一般“{MARK}”，生活都好"),
        ("1 号 陈晓：睡不好", ("睡不好",), f"1 号 陈晓：{MARK}"),
        ("李明：思想一般“睡不好”", ("睡不好",), "李明：思想一般“睡不好”"),
        ("有人说家里老人住院了", ("家里老人住院了",), f"有人说{MARK}"),
        ("陈晓：“早先说过的话”\n李明：“别的话”", (), f"陈晓：“{MARK}”\n李明：“别的话”"),
        ("诉求 1 号“一件事”，陈晓已听说", (), "诉求 1 号“一件事”，陈晓已听说"),
        ("一件事，请陈晓看", ("陈晓",), "一件事，请陈晓看"),
        ("一切照旧", ("好",), "一切照旧"),
        ("没有别的", (), "没有别的"),
    ],
)
def test_her_words_become_a_mark_and_nobody_elses(text: str, written: tuple[str, ...], left: str) -> None:
    assert erased(text, *written) == left


def test_what_she_wrote_in_lines_is_found_in_one_line_and_in_several() -> None:
    words = "家里老人住院了\n我想回去两天"
    assert erased("一位：家里老人住院了 我想回去两天。", words) == f"一位：{MARK}。"
    assert erased("一位：家里老人住院了\n我想回去两天。", words) == f"一位：{MARK}。"
    assert erased("一位：…我想回去两天。", words) == f"一位：…{MARK}。"


def test_the_longest_goes_first() -> None:
    assert pieces_of(["睡不好", "夜里总是睡不好", "好"]) == ["夜里总是睡不好", "睡不好"]
