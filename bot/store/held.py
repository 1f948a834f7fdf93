"""All that is held about a member, table by table: what goes into her file, and what of it goes when she asks.

Whoever adds a table with a `member` column adds a line here, and in templates/say the words records.table_… and
records.head_… for what is shown of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

from bot.store.lines import EXCHANGE, exchange_of

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
        (
            *("ask_at", "answered_at", "amended_at", "late", "later_until", "hour_at", "skipped_at", "skipped_why"),
            *("way", "entered_by", "entered_at", *REPORT),
        ),
        "ask_at, round",
        {
            "said": Sealed("report|{round}|{member}|said", _said),
            "skipped_why": Sealed("report|{round}|{member}|skipped_why"),
        },
        ("UPDATE report SET said = '', skipped_why = '' WHERE member = :member",),
    ),
    Holding(
        "need",
        (
            *("number", "branch", "kind", "state", "raised_at", "words", "claimed_by", "claimed_at", "moved_at"),
            *("settled_at", "ended_at", "reopened", "answer"),
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
    Holding("away", ("kind", "starts_at", "until_at", "ended_at", "settled_by"), "starts_at"),
    Holding(
        "preference", ("hour", "channel", "style"), "member", erase=("DELETE FROM preference WHERE member = :member",)
    ),
    Holding("buddy", ("buddy", "since"), "member", erase=("DELETE FROM buddy WHERE member = :member",)),
    Holding("visit_consent", ("state", "at"), "member"),
    Holding("talk", ("number", "branch", "kind", "due_on", "holder", "held_on", "held_by", "next_on"), "number"),
    Holding("stand_in", ("branch", "until_at"), "branch"),
    Holding(
        "news",
        ("number", "home", "words", "written_at", "sent_at"),
        "number",
        {"words": Sealed("news|{id}|words")},
        (
            "DELETE FROM news WHERE writer = :member AND sent_at IS NULL",
            "UPDATE news SET words = '' WHERE writer = :member",
        ),
        key="writer",
    ),
    Holding(
        "study", ("title", "form", "starts_at", "asked_at", "answer", "answered_at", "attended"), "starts_at, item"
    ),
    Holding(
        "study_session",
        ("item", "starts_at", "assigned_at", "material"),
        "starts_at, item",
        {"material": Sealed("study_session|{item}|{planned_at}|material")},
        ("UPDATE study_session SET material = '' WHERE speaker = :member",),
        key="speaker",
    ),
    Holding(
        "study_note",
        ("number", "about", "words", "written_at", "shared_at"),
        "number",
        {"words": Sealed("study_note|{id}|words")},
        ("DELETE FROM study_note WHERE member = :member",),
    ),
    Holding("book", ("title", "state", "at"), "number"),
    Holding(
        "study_progress", ("platform", "year", "course", "amount", "finished", "imported_at"), "platform, year, course"
    ),
    Holding("share_back", ("branch", "due_on", "state", "item", "ended_at"), "opened_at, branch"),
    Holding(
        "standing",
        ("channel", "command", "step", "until_at"),
        "channel",
        erase=("DELETE FROM standing WHERE member = :member",),
    ),
    Holding("unsaid", ("channel", "at"), "channel", erase=("DELETE FROM unsaid WHERE member = :member",)),
    Holding("outbox", ("kind", "branch", "owed_at", "state", "note"), "number"),
    Holding("group_chat_member", ("branch", "address"), "branch"),
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
    ("report", "entered_by"),
    ("buddy", "buddy"),
    ("talk", "holder"),
    ("talk", "held_by"),
    ("whisper", "reader"),
    ("branch", "secretary"),
)
