"""The platform as one thing: the corporation, its clock, its counters, and what it shows to whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.simulators.wecom import cards
from tests.simulators.wecom.cards import Cards, Held
from tests.simulators.wecom.corp import Corp
from tests.simulators.wecom.limits import Counter, Rule
from tests.simulators.wecom.messages import NOT_IN_WECHAT, Content
from tests.simulators.wecom.reading import Json
from tests.simulators.wecom.record import APP, Line, Record
from tests.simulators.wecom.tokens import Tokens

Now = Callable[[], datetime]


def wall() -> datetime:
    """The machine's own hour: for the program; tests bring theirs."""
    return datetime.now(UTC)  # noqa: TID251


@dataclass(slots=True)
class Chat:
    """A group. `members` in small letters; until its first message nobody sees it."""

    chatid: str
    name: str
    owner: str
    members: list[str]


@dataclass(slots=True)
class World:
    corp: Corp
    now: Now = wall
    skew: timedelta = timedelta(0)  # so far the platform's clock is ahead of ours
    counter: Counter = field(default_factory=Counter)
    record: Record = field(default_factory=Record)
    cards: Cards = field(default_factory=Cards)
    chats: dict[str, Chat] = field(default_factory=dict[str, Chat])
    media: dict[str, datetime] = field(default_factory=dict[str, datetime])
    sent: dict[str, tuple[datetime, Json]] = field(default_factory=dict[str, tuple[datetime, Json]])
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.corp, self.counter)

    def platform_now(self) -> datetime:
        """The hour on the platform's clock: in its Date header, its timestamps, its CreateTime."""
        return self.now() + self.skew

    def valid_media(self) -> list[str]:
        return [one for one, ends in self.media.items() if self.now() < ends]

    def show(self, userid: str, content: Content, rules: list[Rule], *, chat: str = "") -> None:
        """Let a member see something from the app, unless the platform drops it without a word."""
        member, now = self.corp.member(userid), self.now()
        key = f"{'chats' if chat else 'app'} to {userid.lower()}"
        if member is None:
            return
        if not self.counter.fits(key, now, rules):
            self.record.drop(now, userid, content.text, "too many for one member")
        elif member.plugin and content.kind in NOT_IN_WECHAT:
            self.record.drop(now, userid, content.text, f"the WeChat plugin shows no {content.kind}")
        else:
            if content.kind == "template_card" and content.task_id:
                self.cards.held[userid.lower(), content.task_id] = Held(content.card)
            self.line(userid, content, chat=chat)

    def line(self, userid: str, content: Content, *, chat: str = "", sender: str = APP, passive: bool = False) -> Line:
        shown = Line(
            self.record.next(),
            self.now(),
            chat,
            sender,
            content.kind,
            content.text,
            content.task_id,
            content.card,
            passive,
            content.cut,
        )
        self.record.show(userid, shown)
        return shown

    def change_card(self, userid: str, task_id: str, change: Json, *, passive: bool = False) -> Line | None:
        """A card changes where it stands: in the record that is a line of its own. None: there is no such card."""
        held = self.cards.change(userid, task_id, change)
        if held is None:
            return None
        return self.line(userid, Content("card_update", cards.text(held.card), held.card), passive=passive)
