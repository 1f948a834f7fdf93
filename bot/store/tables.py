"""All tables behind one Tx: what a unit of work reaches for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from bot.store.alarms import Alarms
from bot.store.aways import Aways
from bot.store.books import Books
from bot.store.branches import Branches
from bot.store.buddies import Buddies
from bot.store.deliveries import Deliveries
from bot.store.facts import Facts
from bot.store.figures import Figures
from bot.store.group_chats import GroupChats
from bot.store.inbound import Inbound
from bot.store.lines import Lines
from bot.store.members import Members
from bot.store.needs import Needs
from bot.store.news import News
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from bot.store.own_reports import OwnReports
from bot.store.preferences import Preferences
from bot.store.progress import Progress
from bot.store.rounds import Rounds
from bot.store.sessions import Sessions
from bot.store.share_backs import ShareBacks
from bot.store.stand_ins import StandIns
from bot.store.standings import Standings
from bot.store.studies import Studies
from bot.store.suggestions import Suggestions
from bot.store.talks import Talks
from bot.store.tx import Tx
from bot.store.unsaid import Unsaid
from bot.store.visit_consents import VisitConsents
from bot.store.whispers import Whispers

T = TypeVar("T")


class _Of(Generic[T]):
    """A table made when it is first reached for, and kept: a unit needs few of them."""

    def __init__(self, make: Callable[[Tx], T]) -> None:
        self._make = make

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self._name = name

    def __get__(self, tables: "Tables", owner: type[Any] | None = None) -> T:
        made = self._make(tables.tx)
        tables.__dict__[self._name] = made
        return made


class Tables:
    """Made anew for each unit."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    alarms = _Of(Alarms)
    aways = _Of(Aways)
    books = _Of(Books)
    branches = _Of(Branches)
    buddies = _Of(Buddies)
    deliveries = _Of(Deliveries)
    facts = _Of(Facts)
    figures = _Of(Figures)
    group_chats = _Of(GroupChats)
    inbound = _Of(Inbound)
    lines = _Of(Lines)
    members = _Of(Members)
    needs = _Of(Needs)
    news = _Of(News)
    notes = _Of(Notes)
    outbox = _Of(Outbox)
    own_reports = _Of(OwnReports)
    preferences = _Of(Preferences)
    progress = _Of(Progress)
    rounds = _Of(Rounds)
    sessions = _Of(Sessions)
    share_backs = _Of(ShareBacks)
    stand_ins = _Of(StandIns)
    standings = _Of(Standings)
    studies = _Of(Studies)
    suggestions = _Of(Suggestions)
    talks = _Of(Talks)
    unsaid = _Of(Unsaid)
    visit_consents = _Of(VisitConsents)
    whispers = _Of(Whispers)
