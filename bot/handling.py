"""The one door to handlers: what they get (Context), what they give (Answer), what they are (Command)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from bot.domain.access import Deed, Role, may, who_may
from bot.domain.branch import Branch
from bot.domain.people import Member
from bot.message import Say
from bot.store.standings import Standing
from bot.store.tables import Tables
from bot.work import Work

STANDS_FOR = timedelta(hours=1)
Tail = Literal["none", "words", "number", "name", "span", "hour", "any"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member hears, sentence by sentence, and the step her next message goes to first.

    `forget`: her words were refused, in part or whole, and are not to be kept anywhere.
    `aside`: she only looked something up; the step that waited for her next message still does.
    `language`: what she has chosen just now, when it is another than she was known to hear.
    """

    says: tuple[Say, ...]
    then: Standing | None = None
    forget: bool = False
    aside: bool = False
    language: str = ""

    def also(self, key: str, **facts: Any) -> "Answer":
        return replace(self, says=(*self.says, Say(key, facts)))

    def and_then(self, more: "Answer") -> "Answer":
        """This, and after it what `more` says and asks."""
        forget, language = self.forget or more.forget, more.language or self.language
        return Answer(self.says + more.says, more.then or self.then, forget, language=language)


@dataclass(frozen=True, slots=True)
class Context:
    """All a handler may use. `rest` is what followed the command word; `facts` are those of the standing step."""

    work: Work
    member: Member
    text: str
    rest: str
    id: str  # of this message: rows made in answering it are named after it
    channel: str  # the one she speaks on
    link: Callable[[str], str]  # to a page of hers, for an hour
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    about: str = ""  # the round of the card she tapped on

    def after(self, rest: str) -> "Context":
        """With that behind the command word. For every message, so made without dataclasses.replace, which is slow."""
        return Context(
            self.work, self.member, self.text, rest, self.id, self.channel, self.link, self.facts, self.about
        )

    @property
    def tables(self) -> Tables:
        return self.work.tables

    def say(self, key: str, **facts: Any) -> Answer:
        return Answer((Say(key, facts),))

    def ask(self, key: str, command: str, then: str, *, keep: Mapping[str, Any] | None = None, **facts: Any) -> Answer:
        """Say it, and let the step `then` of `command` have the next message first; it finds `keep` in `facts`."""
        return Answer((Say(key, facts),), Standing(command, then, self.work.now + STANDS_FOR, keep or {}))

    def roles(self, branch: Branch) -> frozenset[Role]:
        """What the sender is in a branch."""
        return self.work.roles(branch, self.member.id)

    def refuse(self, deed: Deed, branch: Branch) -> "Answer":
        """It is not for her to do; who can is named."""
        able = [name for role in who_may(deed) for name in self.work.names_of(branch, role) if role != "member"]
        return self.say("ways.not_yours", deed=deed, who=list(dict.fromkeys(able)))

    def allows(self, roles: frozenset[Role], deed: Deed) -> bool:
        """Whether these of her roles would do."""
        return may(roles, deed)

    def may(self, deed: Deed, branch: Branch) -> bool:
        return may(self.roles(branch), deed)


Handler = Callable[[Context], Answer | None]
Arrival = Callable[[Context, Callable[[], Answer]], Answer]  # what she says is answered by the second, if need be


@dataclass(frozen=True, slots=True, eq=False)
class Command:
    """Words that call a handler. `tail` says what may follow: none; words after a gap; or with no gap too
    a number, a name, a span of time or its end (到 …), an hour, anything at all (which the handler looks at).

    A handler or step that gives None says “not meant for me”: the message goes on to the next in line.
    """

    name: str
    words: tuple[str, ...]
    handle: Handler
    tail: Tail = "none"
    steps: Mapping[str, Handler] = field(default_factory=dict[str, Handler])
