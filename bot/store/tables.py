"""All tables behind one Tx: what a unit of work reaches for."""

from functools import cached_property

from bot.store.alarms import Alarms
from bot.store.aways import Aways
from bot.store.branches import Branches
from bot.store.deliveries import Deliveries
from bot.store.facts import Facts
from bot.store.inbound import Inbound
from bot.store.lines import Lines
from bot.store.members import Members
from bot.store.needs import Needs
from bot.store.outbox import Outbox
from bot.store.rounds import Rounds
from bot.store.standings import Standings
from bot.store.studies import Studies
from bot.store.tx import Tx


class Tables:
    """Made anew for each unit; a table is made when it is first reached for."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx

    @cached_property
    def alarms(self) -> Alarms:
        return Alarms(self.tx)

    @cached_property
    def aways(self) -> Aways:
        return Aways(self.tx)

    @cached_property
    def branches(self) -> Branches:
        return Branches(self.tx)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.tx)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.tx)

    @cached_property
    def inbound(self) -> Inbound:
        return Inbound(self.tx)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.tx)

    @cached_property
    def members(self) -> Members:
        return Members(self.tx)

    @cached_property
    def needs(self) -> Needs:
        return Needs(self.tx)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.tx)

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self.tx)

    @cached_property
    def standings(self) -> Standings:
        return Standings(self.tx)

    @cached_property
    def studies(self) -> Studies:
        return Studies(self.tx)
