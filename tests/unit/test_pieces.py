"""A long text is cut where one would pause."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pieces import cut


def test_what_fits_is_not_cut() -> None:
    assert cut("你好", 6) == ("你好", "")


def test_lines_come_before_sentences_and_sentences_before_words() -> None:
    assert cut("第一行很长很长\n第二行。再来", 36) == ("第一行很长很长", "第二行。再来")
    assert cut("这是第一句话。这是第二句话", 30) == ("这是第一句话。", "这是第二句话")
    assert cut("one two three four", 12) == ("one two", "three four")
    assert cut("一二三四五六七八", 10) == ("一二三", "四五六七八")


def test_a_pause_too_early_is_no_place_to_cut() -> None:
    assert cut("好\n" + "长" * 20, 30) == ("好\n" + "长" * 8, "长" * 12)


@given(st.text(min_size=1), st.integers(4, 50))
def test_nothing_but_space_is_lost_and_every_piece_fits(text: str, most: int) -> None:
    pieces, rest = list[str](), text
    while rest:
        first, rest = cut(rest, most)
        assert len(first.encode()) <= most
        assert first or rest
        pieces.append(first)
    assert "".join("".join(pieces).split()) == "".join(text.split())
