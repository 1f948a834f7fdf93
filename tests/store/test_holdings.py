"""One written list of all that is held about a member. Whoever adds a table about members must add it there."""

import re
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bot.export.own_file import FLAGS, PEOPLE, TOLD_OF_HERSELF
from bot.flow.kinds import KINDS
from bot.ids import new_key
from bot.render import SENTENCES, Renderer
from bot.store import holdings
from bot.store.held import ALSO, HELD
from bot.store.migrate import MIGRATIONS, migrate
from bot.store.sqlite_file import empty
from bot.store.sqlite_tx import SqliteTx
from bot.store.vault import AesVault

SAY = Renderer(SENTENCES).keys("zh")
CHOSEN = re.compile(r"(\w+) TEXT[^,]*?CHECK \(\w+ IN\s*\(([^)]*)\)\)")
# Of duty holders: what may hold words of others, and so is in nobody's own file.
TOLD_OF_OTHERS = (
    *("study.cancelled", "study.moved", "study.note_shared", "classes.roll_due", "classes.book_wished"),
    *("rota.released", "rota.changed", "rota.nobody", "rota.swap_asked", "rota.swapped", "rota.swap_declined"),
    *("share_back.planned", "share_back.late", "share_back.line", "bulletin.quarterly", "bulletin.yearly"),
    *("project.tomorrow", "project.today", "project.late", "study.soon", "study.now"),
    *("branch.opened", "branch.unknown_year", "branch.not_in_file", "report.silent", "need.raised", "need.taken"),
    *("consent.member_refused", "consent.member_agreed", "consent.member_erased", "digest.daily"),
    *("bulletin.weekly", "bulletin.monthly", "closing.question", "closing.never_opened", "closing.liaison"),
    *("closing.secretary", "whisper.waits", "suggestion.made", "suggestion.made_unsigned", "backup.restored"),
    *("sending.first", "sending.waits", "sending.confirmed_by"),
    *("group_chat.without", "group_chat.dissolve"),
    *("channel.alarm", "channel.to_mend", "channel.undelivered"),
    *("apply.broken", "apply.held", "apply.done", "overrides.unusable", "overrides.broke", "overrides.many"),
    *("exit.overdue", "exit.settled", "exit.long_silence", "buddy.named", "buddy.chosen", "buddy.ended"),
    *("needs.yours", "needs.open_again", "needs.unclaimed", "needs.unclaimed_long", "needs.still", "needs.stuck"),
    *("needs.reopened", "needs.reopened_often", "needs.lapsed_yours", "needs.confirmed", "needs.withdrawn"),
    *("needs.added", "writing.answered", "writing.notice", "news.week", "duty.handed", "duty.back", "talks.yours"),
    *("talks.overdue", "care.called_off", "meeting.weekly", "meeting.monthly"),
)


@contextmanager
def new_store() -> Generator[SqliteTx]:
    connection = empty()
    connection.row_factory = sqlite3.Row
    tx = SqliteTx(connection, AesVault(new_key()))
    migrate(tx, MIGRATIONS, datetime(2026, 3, 2, tzinfo=UTC))
    yield tx
    connection.close()


def tables(tx: SqliteTx) -> list[str]:
    return [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def columns(tx: SqliteTx, table: str) -> set[str]:
    return {row["name"] for row in tx.all(f"PRAGMA table_info({table})")}  # pyright: ignore[reportArgumentType]


def test_every_table_about_members_is_in_the_list() -> None:
    with new_store() as tx:
        about = {table for table in tables(tx) if {"member", "writer", "speaker"} & columns(tx, table)}
    assert about == {one.table for one in HELD} - {"member"}


def test_every_column_that_points_to_a_member_keeps_her_name() -> None:
    with new_store() as tx:
        pointing = {
            (table, row["from"])
            for table in tables(tx)
            for row in tx.all(f"PRAGMA foreign_key_list({table})")  # pyright: ignore[reportArgumentType]
            if row["table"] == "member"
        }
    assert pointing <= {(one.table, one.key) for one in HELD} | {*ALSO}


def test_what_the_list_names_is_there() -> None:
    with new_store() as tx:
        for one in HELD:
            known = columns(tx, one.table)
            assert {*one.sealed, one.key} <= known, one.table
            assert holdings.rows_of(tx, one, "nobody") == []
        holdings.erase(tx, "nobody")
        assert not holdings.referred_to(tx, "nobody")
        for table, column in ALSO:
            assert column in columns(tx, table)


@pytest.mark.parametrize("one", HELD, ids=[one.table for one in HELD])
def test_all_that_is_shown_has_a_name_in_both_languages(one: holdings.Holding) -> None:
    assert f"records.table_{one.table}" in SAY
    assert [name for name in one.shown if f"records.head_{name}" not in SAY] == []
    assert {*PEOPLE, *FLAGS} <= {name for each in HELD for name in each.shown}


def test_no_name_is_left_over() -> None:
    shown = {f"records.head_{name}" for one in HELD for name in one.shown}
    titles = {f"records.table_{one.table}" for one in HELD} | {"records.table_setting"}
    assert {key for key in SAY if key.startswith(("records.head_", "records.table_"))} == shown | titles


def test_what_is_chosen_from_a_list_has_a_word() -> None:
    """Each value that a CHECK of a listed table allows, for a column that is shown."""
    said: set[tuple[str, str, str]] = set()
    with new_store() as tx:
        rows = tx.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    shown = {one.table: one.shown for one in HELD}
    for row in rows:
        for column, values in CHOSEN.findall(row["sql"]):
            if column in shown.get(row["name"], ()):
                said |= {(row["name"], column, value) for value in re.findall(r"'(\w+)'", values)}
    assert len(said) > 25
    assert [one for one in said if not words_of(*one) & SAY.keys()] == []


def words_of(table: str, column: str, value: str) -> set[str]:
    return {f"records.value_of_{table}_{value}", f"records.value_{value}", f"words.{column}.{value}"}


def test_every_kind_of_message_is_of_herself_or_may_be_of_others() -> None:
    """A new kind goes into one of the two lists: into her own file only if it bears nobody else's words."""
    assert set(TOLD_OF_HERSELF) | {*TOLD_OF_OTHERS} == set(KINDS)
    assert not set(TOLD_OF_HERSELF) & {*TOLD_OF_OTHERS}
