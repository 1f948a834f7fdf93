"""Who may do what."""

import pytest

from bot.domain.access import MAY, Deed, Role, may

ROLES: tuple[Role, ...] = ("member", "liaison", "deputy", "secretary")


@pytest.mark.parametrize("deed", MAY)
def test_who_is_nothing_in_a_branch_may_do_nothing_there(deed: Deed) -> None:
    assert not may(frozenset(), deed)


@pytest.mark.parametrize("deed", MAY)
def test_a_member_settles_nothing_and_whoever_looks_after_the_branch_does(deed: Deed) -> None:
    assert [may(frozenset({role}), deed) for role in ROLES] == [False, True, True, True]


@pytest.mark.parametrize("deed", MAY)
def test_being_a_member_too_takes_no_right_away(deed: Deed) -> None:
    assert may(frozenset({"member", "deputy"}), deed)
