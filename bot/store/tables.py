"""All tables behind one Tx: what a unit of work reaches for."""

from bot.store.alarms import Alarms
from bot.store.aways import Aways
from bot.store.branches import Branches
from bot.store.buddies import Buddies
from bot.store.deliveries import Deliveries
from bot.store.facts import Facts
from bot.store.figures import Figures
from bot.store.inbound import Inbound
from bot.store.lines import Lines
from bot.store.members import Members
from bot.store.needs import Needs
from bot.store.news import News
from bot.store.outbox import Outbox
from bot.store.own_reports import OwnReports
from bot.store.preferences import Preferences
from bot.store.rounds import Rounds
from bot.store.stand_ins import StandIns
from bot.store.standings import Standings
from bot.store.studies import Studies
from bot.store.suggestions import Suggestions
from bot.store.talks import Talks
from bot.store.tx import Tx
from bot.store.unsaid import Unsaid
from bot.store.visit_consents import VisitConsents
from bot.store.whispers import Whispers


class Tables:
    """Made anew for each unit."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.alarms = Alarms(tx)
        self.aways = Aways(tx)
        self.branches = Branches(tx)
        self.buddies = Buddies(tx)
        self.deliveries = Deliveries(tx)
        self.facts = Facts(tx)
        self.figures = Figures(tx)
        self.inbound = Inbound(tx)
        self.lines = Lines(tx)
        self.members = Members(tx)
        self.needs = Needs(tx)
        self.news = News(tx)
        self.outbox = Outbox(tx)
        self.own_reports = OwnReports(tx)
        self.preferences = Preferences(tx)
        self.rounds = Rounds(tx)
        self.stand_ins = StandIns(tx)
        self.standings = Standings(tx)
        self.studies = Studies(tx)
        self.suggestions = Suggestions(tx)
        self.unsaid = Unsaid(tx)
        self.whispers = Whispers(tx)
        self.talks = Talks(tx)
        self.visit_consents = VisitConsents(tx)
