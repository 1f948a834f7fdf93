"""Who may do and see what: the table itself, said once more from the side of the people."""

import pytest

from bot.domain.access import DEEDS, MAY, ROLES, Deed, Role, may, who_may

OWN: tuple[Deed, ...] = ("report", "raise_need", "whisper", "suggest")
FOR_HOLDERS: tuple[Deed, ...] = ("settle_need", "settle_closing", "write_to", "send_news", "see_digest", "see_need")


def test_every_deed_is_in_the_table_and_somebody_may_do_it() -> None:
    assert tuple(MAY) == DEEDS
    assert all(who_may(deed) for deed in DEEDS)


@pytest.mark.parametrize("deed", DEEDS)
def test_who_is_nothing_in_a_branch_may_do_nothing_there(deed: Deed) -> None:
    assert not may(frozenset(), deed)
    assert not may(frozenset({"stranger"}), deed)


@pytest.mark.parametrize("deed", OWN)
def test_what_a_member_does_for_herself_nobody_else_may(deed: Deed) -> None:
    assert who_may(deed) == ("member",)


@pytest.mark.parametrize("deed", FOR_HOLDERS)
def test_a_member_settles_nothing_and_whoever_looks_after_the_branch_does(deed: Deed) -> None:
    assert who_may(deed) == ("liaison", "deputy", "secretary")


def test_thoughts_and_whispers_are_for_the_liaison_on_duty_and_the_secretary_alone() -> None:
    for deed in ("see_thoughts", "see_whisper"):
        assert who_may(deed) == ("liaison", "secretary")


@pytest.mark.parametrize("role", ["contact_leader", "approver", "admin"])
def test_leaders_and_admins_see_what_was_done_and_nobodys_words(role: Role) -> None:
    seen = {deed for deed in DEEDS if deed.startswith("see_") and may(frozenset({role}), deed)}
    assert seen == {"see_ledger"}


def test_the_secretary_at_home_notes_talks_and_sees_who_answers_and_nothing_else() -> None:
    assert {deed for deed in DEEDS if may(frozenset({"home_secretary"}), deed)} == {"note_talk", "read_chain"}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("more", ROLES)
def test_another_role_takes_no_right_away(deed: Deed, more: Role) -> None:
    for role in who_may(deed):
        assert may(frozenset({role, more}), deed)
