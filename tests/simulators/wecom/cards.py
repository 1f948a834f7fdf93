"""Template cards: what the platform takes, what a member can tap on, and the codes that let a card be changed.

Channels.md 1.3 and 1.5 (pages 90236, 94888). A repeated task_id and a used or old response_code are answered 40058: the
documents forbid both and name no code for them.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.simulators.wecom.reading import Json, bytes_in, list_of, number_of, object_of, objects_of, text_of, wrong

INTERACTIVE = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})
KINDS = INTERACTIVE | {"text_notice", "news_notice"}
TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
CODE_LIVES = timedelta(hours=72)


def check(card: Json) -> None:
    """Raises Refusal 40058 for a card the documents do not allow."""
    kind = text_of(card, "card_type")
    if kind not in KINDS:
        raise wrong(f"card_type {kind!r}")
    task_id = text_of(card, "task_id")
    if task_id and not TASK_ID.fullmatch(task_id):
        raise wrong("task_id: at most 128 of 0-9 A-Z a-z _ @ -")
    if kind in INTERACTIVE and not task_id:
        raise wrong("task_id is missing")
    if len(objects_of(card, "horizontal_content_list")) > 6 or len(objects_of(card, "jump_list")) > 3:
        raise wrong("at most 6 of horizontal_content_list and 3 of jump_list")
    title = text_of(object_of(card, "main_title"), "title")
    if not title and not (kind == "text_notice" and text_of(card, "sub_title_text")):
        raise wrong("main_title.title is missing")
    _CHECKS[kind](card)


def _notice(card: Json) -> None:
    action = object_of(card, "card_action")
    kind = number_of(action, "type", 0, 1, 2) if action else 0
    if kind == 0 or (kind == 1 and not text_of(action, "url")) or (kind == 2 and not text_of(action, "appid")):
        raise wrong("card_action is missing")


def _buttons(card: Json) -> None:
    """At most six buttons (recalled, not in channels.md); each its own key unless it is a link."""
    buttons = objects_of(card, "button_list")
    if not 1 <= len(buttons) <= 6:
        raise wrong("button_list: 1 to 6")
    if not all(text_of(one, "text") for one in buttons):
        raise wrong("button_list.text is missing")
    _keys([text_of(one, "key") for one in buttons if number_of(one, "type", 0, 0, 1) == 0], "button_list.key")
    chosen = object_of(card, "button_selection")
    if chosen:
        _options(chosen, 10)


def _vote(card: Json) -> None:
    box = object_of(card, "checkbox")
    number_of(box, "mode", 0, 0, 1)
    _options(box, 20)
    _submit(card)


def _several(card: Json) -> None:
    selects = objects_of(card, "select_list")
    if not 1 <= len(selects) <= 3:
        raise wrong("select_list: 1 to 3")
    for one in selects:
        _options(one, 10)
    _keys([text_of(one, "question_key") for one in selects], "question_key")
    _submit(card)


def _submit(card: Json) -> None:
    button = object_of(card, "submit_button")
    if not text_of(button, "text"):
        raise wrong("submit_button.text is missing")
    _keys([text_of(button, "key")], "submit_button.key")


def _options(question: Json, most: int) -> None:
    options = objects_of(question, "option_list")
    if not 1 <= len(options) <= most or not all(text_of(one, "text") for one in options):
        raise wrong(f"option_list: 1 to {most}, each with a text")
    _keys([text_of(question, "question_key")], "question_key")
    _keys([text_of(one, "id") for one in options], "option_list.id")


def _keys(keys: list[str], what: str) -> None:
    if not all(keys) or any(bytes_in(key) > 1024 for key in keys) or len(set(keys)) < len(keys):
        raise wrong(f"{what}: there, once, at most 1024 bytes")


_CHECKS = {
    "text_notice": _notice,
    "news_notice": _notice,
    "button_interaction": _buttons,
    "vote_interaction": _vote,
    "multiple_interaction": _several,
}


def text(card: Json) -> str:
    """The words on a card, a line each; what can be tapped stands in brackets."""
    title = object_of(card, "main_title")
    parts = [text_of(title, "title"), text_of(title, "desc"), text_of(card, "sub_title_text")]
    parts += [
        f"{one.get('keyname', '')}：{one.get('value', '')}" for one in objects_of(card, "horizontal_content_list")
    ]
    for question in (
        object_of(card, "button_selection"),
        object_of(card, "checkbox"),
        *objects_of(card, "select_list"),
    ):
        parts += [f"( {one.get('text', '')} )" for one in objects_of(question, "option_list")]
    parts += [f"[{one.get('text', '')}]" for one in objects_of(card, "button_list")]
    parts.append(_closed(text_of(card, "replace_text")) or _closed(text_of(object_of(card, "submit_button"), "text")))
    return "\n".join(part for part in parts if part)


def _closed(words: str) -> str:
    return f"[{words}]" if words else ""


@dataclass(slots=True)
class Held:
    """A card as one member has it now. `answered`: its buttons are grey."""

    card: Json
    answered: bool = False

    def open_keys(self) -> list[str]:
        if self.answered:
            return []
        found = [text_of(one, "key") for one in objects_of(self.card, "button_list")]
        return [key for key in [*found, text_of(object_of(self.card, "submit_button"), "key")] if key]


@dataclass(slots=True)
class _Code:
    task_id: str
    users: frozenset[str]
    ends: datetime
    used: bool = False


@dataclass(slots=True)
class Cards:
    held: dict[tuple[str, str], Held] = field(default_factory=dict[tuple[str, str], Held])
    task_ids: set[str] = field(default_factory=set[str])
    _codes: dict[str, _Code] = field(default_factory=dict[str, _Code])

    def take(self, task_id: str) -> None:
        """Raises Refusal when the app has used this task_id before."""
        if task_id in self.task_ids:
            raise wrong(f"task_id {task_id} was used before")
        self.task_ids.add(task_id)

    def code(self, task_id: str, users: Iterable[str], now: datetime) -> str:
        code = os.urandom(24).hex()
        self._codes[code] = _Code(task_id, frozenset(one.lower() for one in users), now + CODE_LIVES)
        return code

    def holders(self, task_id: str) -> list[str]:
        return [userid for userid, task in self.held if task == task_id]

    def redeem(self, code: str, now: datetime) -> tuple[str, frozenset[str]]:
        """The task and the members whose card may be changed, once."""
        found = self._codes.get(code)
        if found is None or found.used or now >= found.ends:
            raise wrong("response_code is unknown, used or too old")
        found.used = True
        return found.task_id, found.users

    def change(self, userid: str, task_id: str, change: Json) -> Held | None:
        """`change`: a button's new words or a whole new card. None: this member has no such card."""
        held = self.held.get((userid.lower(), task_id))
        if held is None:
            return None
        new = object_of(change, "template_card")
        words = text_of(new, "replace_text") if new else text_of(object_of(change, "button"), "replace_name")
        card = {**(new or held.card), "task_id": task_id}
        self.held[userid.lower(), task_id] = held = Held({**card, "replace_text": words}, bool(words))
        return held


def check_change(change: Json) -> None:
    """A new card or new words for its button; the card needs no task_id of its own."""
    card, button = object_of(change, "template_card"), object_of(change, "button")
    if bool(card) == bool(button):
        raise wrong("either button.replace_name or template_card")
    if button and not text_of(button, "replace_name"):
        raise wrong("button.replace_name is missing")
    if card:
        check({"task_id": "the-same", **card})


def selected(question_keys: dict[str, list[str]], card: Json) -> None:
    """Raises Refusal for a choice that is not on the card."""
    questions = [object_of(card, "button_selection"), object_of(card, "checkbox"), *objects_of(card, "select_list")]
    on_it = {
        text_of(one, "question_key"): {o.get("id") for o in list_of(one, "option_list")} for one in questions if one
    }
    for key, ids in question_keys.items():
        if key not in on_it or not set(ids) <= on_it[key]:
            raise wrong(f"{key}: no such choice on the card")
