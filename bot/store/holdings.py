"""All that is held about a member, table by table: what goes into her file, and what of it goes when she asks.

Whoever adds a table with a `member` column adds a line here, and in templates/say the words records.table_… and
records.head_… for what is shown of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

from bot.store.lines import EXCHANGE, exchange_of
from bot.store.tx import Row, Tx

Texts = Mapping[str, str]
Read = Callable[[Mapping[str, Any], str], Texts]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column: the place it is bound to, with {columns} of its row, and what its text is made of.

    `hers`: she wrote it, so it is looked for elsewhere too when she has it erased.
    """

    place: str
    read: Read | None = None
    hers: bool = True


@dataclass(frozen=True, slots=True)
class Holding:
    """`rows`: what is hers (of :member), in the order to show. `shown`: the columns in her file.

    `erase`: what takes her words out of it. `sealed`: by column; what is not there is shown as it is.
    """

    table: LiteralString
    shown: tuple[str, ...]
    order: LiteralString
    sealed: Mapping[str, Sealed] = field(default_factory=dict[str, Sealed])
    erase: tuple[LiteralString, ...] = ()
    key: LiteralString = "member"


def _said(_: Mapping[str, Any], text: str) -> Texts:
    """The parts of a report: which she declared, and in which words."""
    return json.loads(text)


def _heard(row: Mapping[str, Any], text: str) -> Texts:
    """What she said and what she heard; of what the bot said by itself `by_itself` names the delivery."""
    if row["sender"] != EXCHANGE:
        return {"heard": text, "by_itself": str(row["reference"]).partition(":")[0]}
    said, answer = exchange_of(text)
    return {"said": said, "heard": answer}


OWN_PARTS = ("thoughts_words", "work_words", "living_words", "need")
REPORT = ("thoughts", "thoughts_words", "work", "work_words", "living", "living_words", "need")
HELD: tuple[Holding, ...] = (
    Holding("member", ("id", "name", "status", "home", "language", "listed", "gone_at"), "id", key="id"),
    Holding("address", ("channel", "address"), "channel"),
    Holding("membership", ("branch", "joined_at", "left_at", "consent", "consent_at"), "joined_at"),
    Holding("branch_liaison", ("branch", "place"), "branch"),
    Holding(
        "report",
        ("ask_at", "answered_at", "amended_at", "late", "later_until", *REPORT),
        "ask_at, round",
        {"said": Sealed("report|{round}|{member}|said", _said)},
        ("UPDATE report SET said = '' WHERE member = :member",),
    ),
    Holding(
        "need",
        (
            "number",
            "branch",
            "kind",
            "state",
            "raised_at",
            "words",
            "claimed_by",
            "claimed_at",
            "answered_at",
            "answer",
        ),
        "number",
        {"words": Sealed("need|{id}|words"), "answer": Sealed("need|{id}|answer", hers=False)},
        ("UPDATE need SET words = '', answer = '' WHERE member = :member",),
    ),
    Holding(
        "whisper",
        ("number", "branch", "reader", "said_at", "words", "read_at", "gone", "answered_at", "answer"),
        "number",
        {"words": Sealed("whisper|{id}|words"), "answer": Sealed("whisper|{id}|answer", hers=False)},
        (
            "UPDATE whisper SET gone = 'taken_back' WHERE member = :member AND read_at IS NULL",
            "UPDATE whisper SET words = '', answer = '' WHERE member = :member",
        ),
    ),
    Holding(
        "suggestion",
        ("number", "branch", "said_on", "words", "answered_at", "answer"),
        "number",
        {"words": Sealed("suggestion|{number}|words"), "answer": Sealed("suggestion|{number}|answer", hers=False)},
        ("UPDATE suggestion SET words = '', answer = '' WHERE member = :member",),
    ),
    Holding("away", ("kind", "starts_at", "until_at", "ended_at"), "starts_at"),
    Holding("study", ("title", "form", "starts_at", "asked_at", "answer", "answered_at"), "starts_at, item"),
    Holding(
        "standing",
        ("channel", "command", "step", "until_at"),
        "channel",
        erase=("DELETE FROM standing WHERE member = :member",),
    ),
    Holding("unsaid", ("channel", "at"), "channel", erase=("DELETE FROM unsaid WHERE member = :member",)),
    Holding("outbox", ("kind", "branch", "owed_at", "state", "note"), "number"),
    Holding("delivery_to", ("address", "made_at", "sent_at", "error"), "made_at, delivery"),
    Holding("ledger", ("at", "kind", "branch", "note"), "number"),
    Holding(
        "phone_line",
        ("at", "said", "heard"),
        "number",
        {"text": Sealed("phone_line|{reference}|text", _heard, hers=False)},
        (
            "DELETE FROM phone_line WHERE member = :member AND sender <> 'exchange'",
            "UPDATE phone_line SET text = '' WHERE member = :member",
        ),
    ),
)
# Where else a table points to somebody: her name stays as long as one of them does.
ALSO: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("need", "claimed_by"),
    ("whisper", "reader"),
    ("branch", "secretary"),
)


def rows_of(tx: Tx, holding: Holding, member: str, *, words: bool = True) -> list[dict[str, Any]]:
    """Her rows of one table, opened; without `words` nothing that is sealed is in them."""
    sql = "SELECT * FROM " + holding.table + " WHERE " + holding.key + " = :member ORDER BY " + holding.order
    rows = tx.all(sql, member=member)
    return [_opened(tx, holding, row) if words else _closed(holding, row) for row in rows]


def settings_of(tx: Tx, member: str) -> list[tuple[str, str]]:
    """What is remembered for her alone, by name: `language:chen`, and whatever else is named so."""
    rows = tx.all(
        "SELECT name, value FROM setting WHERE substr(name, length(name) - length(:member)) = ':' || :member"
        " AND value <> '' ORDER BY name",
        member=member,
    )
    return [(row["name"].removesuffix(f":{member}"), row["value"]) for row in rows]


def written_by(tx: Tx, member: str) -> list[str]:
    """Every text that she wrote and that is still here."""
    found: list[str] = []
    for holding in HELD:
        hers = [name for name, one in holding.sealed.items() if one.hers]
        for row in rows_of(tx, holding, member) if hers else ():
            found += [row[name] for name in row if name in (*hers, *OWN_PARTS) and row[name]]
    return found


def erase(tx: Tx, member: str) -> None:
    """Her words are gone from her own rows; the facts stay."""
    for holding in HELD:
        for sql in holding.erase:
            tx.run(sql, member=member)


def referred_to(tx: Tx, member: str) -> bool:
    """Whether anything still speaks of her."""
    places: list[tuple[LiteralString, LiteralString]] = [(one.table, one.key) for one in HELD if one.table != "member"]
    queries: list[LiteralString] = [
        "SELECT 1 FROM " + table + " WHERE " + key + " = :member LIMIT 1" for table, key in (*places, *ALSO)
    ]
    return any(tx.one(sql, member=member) for sql in queries)


def drop_name(tx: Tx, member: str) -> None:
    """The last of her: the name itself, and what was remembered for her alone."""
    tx.run("DELETE FROM setting WHERE substr(name, length(name) - length(:member)) = ':' || :member", member=member)
    tx.run("DELETE FROM member WHERE id = :member AND listed = 0", member=member)


def _opened(tx: Tx, holding: Holding, row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
    for name, sealed in holding.sealed.items():
        text = tx.vault.open(sealed.place.format_map(plain), plain.pop(name))
        if text:
            plain |= sealed.read(plain, text) if sealed.read else {name: text}
    return plain


def _closed(holding: Holding, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() if name not in holding.sealed}  # noqa: SIM118
