"""Rows of the store as rounds, what is expected of members in them, and who entered it."""

from bot.domain import instant
from bot.domain.proxy import BY_HERSELF, Entered
from bot.domain.rounds import Expected, Round
from bot.store.tx import Row


def round_of(row: Row) -> Round:
    ask_at, due_at = instant.parse(row["ask_at"]), instant.parse(row["due_at"])
    return Round(row["id"], row["branch"], row["state"], ask_at, due_at)


def expected_of(row: Row) -> Expected:
    moments = (row["amended_at"], row["skipped_at"], row["hour_at"], row["asked_at"])
    answered_at = instant.parse_or_none(row["answered_at"])
    return Expected(round_of(row), row["member"], answered_at, entered_of(row), *map(instant.parse_or_none, moments))


def entered_of(row: Row) -> Entered:
    at = instant.parse_or_none(row["entered_at"])
    return Entered(row["way"], row["entered_by"] or "", at) if row["way"] else BY_HERSELF
