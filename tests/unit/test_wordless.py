"""What cannot be read is told from what can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.nod import nods
from bot.domain.wordless import Wordless, wordless

KINDS: dict[Wordless, tuple[str, ...]] = {
    "voice": ("[语音]", "【语音】", '[语音] 12"', "[语音]3秒", "[语音] 0:07", "[Voice]", "(voice message)"),
    "picture": ("[图片]", "[图片][图片]", "[视频] 0:12", "[动画表情]", "[Photo]"),
    "other": ("[文件] 名单.xlsx", "[位置]", "[链接]", "[contact card]"),
    "sticker": ("[流泪]", "[大哭][大哭]", "😭", "😭 😭", "[捂脸]！"),
    "empty": ("", "  ", "\u200b", "……", "。。。", "--", ":)"),
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_each_is_called_by_what_it_is(kind: Wordless, text: str) -> None:
    assert wordless(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "[1]",
        "①",
        "１",
        "[正常]",
        "[一切正常]",
        "[求助]",
        "👍",
        "[强]",
        "[OK]",
        "好",
        "[语音]一切正常",
        "[捂脸] 累",
        "语音",
    ],
)
def test_what_says_something_is_read(text: str) -> None:
    assert wordless(text) is None


@given(st.text(max_size=80))
def test_a_nod_is_a_nod_and_letters_and_digits_outside_brackets_are_words(text: str) -> None:
    if wordless(text) in ("sticker", "empty"):
        assert not nods(text)
        assert not any(each.isdecimal() for each in text)


def test_a_long_text_is_read() -> None:
    assert wordless("[流泪]" * 40) is None
