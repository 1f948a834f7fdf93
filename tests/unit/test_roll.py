"""Where everybody of a branch is, one state each; and whether somebody may be nudged."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.digest import Answer, BranchDay
from bot.domain.nudging import Facts, WhyNot, why_not
from bot.domain.people import Belonging, Member
from bot.domain.report import Report
from bot.domain.roll import NAMES, Group, State, roll, state_named, without_tone
from bot.domain.silence import Away
from bot.domain.sure import sure

NOW = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
A, B, C, D, E, F, G, H = (Member(one, one.upper(), "full", "", "zh") for one in "abcdefgh")


def belongs(*members: Member, refused: Member | None = None) -> list[Belonging]:
    return [Belonging("x", one, "refused" if one == refused else "given") for one in members]


def placed(groups: list[Group]) -> dict[State, str]:
    return {group.state: "".join(one.id for one, _ in group.people) for group in groups}


def test_everybody_stands_in_one_state_and_where_somebody_is_comes_before_what_was_said() -> None:
    day = BranchDay(
        needs=[],
        told=[Answer(A, Report(thoughts="so_so"), late=False, all_well=False), Answer(G, Report(), False, False)],
        silent=[B],
        before=[C],
        waiting=[D, E],
        fine=[F],
    )
    away = {"g": Away("1", "g", "leave", NOW, LATER), "h": Away("2", "h", "silence", NOW, LATER)}
    found = roll(day, belongs(A, B, C, D, E, F, G, H), away, {"e": LATER}, NOW)
    assert placed(found) == {
        "silent": "b",
        "leave": "g",
        "silence": "h",
        "later": "e",
        "waiting": "d",
        "answered": "ac",
        "fine": "f",
    }
    assert {group.state: group.people[0][1] for group in found} == {
        "silent": NOW,
        "waiting": NOW,
        "leave": LATER,
        "silence": LATER,
        "later": LATER,
        "answered": None,
        "fine": None,
    }


def test_who_was_never_asked_and_who_takes_no_part_are_in_no_other_list() -> None:
    away = {"b": Away("1", "b", "leave", NOW, LATER)}
    assert placed(roll(BranchDay(needs=[]), belongs(A, B, refused=B), away, {}, None)) == {
        "unasked": "a",
        "refused": "b",
    }


def test_without_the_tone_who_said_all_well_and_who_said_more_are_one() -> None:
    groups = [Group("silent", ((A, None),)), Group("answered", ((B, None),)), Group("fine", ((C, None),))]
    refused = Group("refused", ((D, None),))
    assert placed(without_tone([*groups, refused])) == {"silent": "a", "answered": "bc", "refused": "d"}
    assert [group.state for group in without_tone([*groups, refused])] == ["silent", "answered", "refused"]
    assert without_tone(groups[:1]) == groups[:1]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("没回", "silent"),
        ("没有回音的。", "silent"),
        ("未答", "silent"),
        ("Silent", "silent"),
        ("请假", "leave"),
        ("on leave", "leave"),
        ("静默的", "silence"),
        ("silence", "silence"),
        ("稍后", "later"),
        ("跳过", "later"),
        ("还在等", "waiting"),
        ("已答", "answered"),
        ("都好", "fine"),
        ("fine", "fine"),
        ("还没问过", "unasked"),
        ("不参加", "refused"),
        ("", None),
        ("清风", None),
        ("没回家的", None),
    ],
)
def test_a_state_is_named_as_people_name_it(said: str, state: State | None) -> None:
    assert state_named(said) == state


def test_every_state_has_a_name_of_its_own() -> None:
    for state in NAMES:
        assert [one for one in NAMES if NAMES[one].fullmatch(state)] in ([state], [])


OPEN = {"asked": True, "answered": False}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (OPEN, None),
        (OPEN | {"herself": True, "willing": False}, "self"),
        (OPEN | {"willing": False, "asked": False}, "refused"),
        ({"asked": False, "answered": False}, "not_asked"),
        (OPEN | {"away": "leave", "away_until": LATER, "answered": True}, "leave"),
        (OPEN | {"away": "silence", "away_until": LATER}, "silence"),
        (OPEN | {"later_until": LATER, "answered": True}, "later"),
        ({"asked": True, "answered": True, "nudged_today": True}, "answered"),
        (OPEN | {"nudged_today": True, "quiet_until": LATER}, "today"),
        (OPEN | {"quiet_until": LATER, "prompts_left": 0}, "quiet"),
        (OPEN | {"prompts_left": 0}, "cap"),
    ],
)
def test_the_first_reason_not_to_nudge_is_told_with_its_end(facts: dict[str, object], why: WhyNot | None) -> None:
    found = why_not(Facts(**facts))  # pyright: ignore[reportArgumentType]
    assert (found and found[0]) == why
    assert (found and found[1]) == (LATER if why in ("leave", "silence", "later", "quiet") else None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("确认", True), (" 是的。", True), ("YES", True), ("不", False), ("算了", False), ("no", False), ("好的", None)],
)
def test_only_a_plain_yes_is_a_yes(said: str, meant: bool | None) -> None:
    assert sure(said) is meant
