"""Every conversation of tests/talks, played as it is written there."""

import pytest

from tests.talking import Talk, play_talk, talks

TALKS = list(talks())


@pytest.mark.parametrize("talk", TALKS, ids=[f"{talk.file}: {talk.title}" for talk in TALKS])
async def test_talk(talk: Talk) -> None:
    await play_talk(talk)


def test_no_two_talks_have_one_title() -> None:
    titles = [talk.title for talk in TALKS]
    assert len(set(titles)) == len(titles)


def test_a_third_of_many_talks_is_awkward() -> None:
    awkward = [talk for talk in TALKS if talk.title.startswith("[awkward]")]
    assert len(TALKS) >= 120
    assert len(awkward) * 3 >= len(TALKS)
