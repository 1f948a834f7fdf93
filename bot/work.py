"""What a unit of work has at hand: the tables, the rules of the file, and the hour."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.config.model import Branch as Wanted
from bot.config.model import Config, ReportRule, SilenceRule
from bot.config.model import Work as WorkMode
from bot.domain import instant
from bot.domain.access import Role
from bot.domain.branch import Branch, next_change, title
from bot.domain.cadence import Holidays, Schedule
from bot.domain.chain import Post
from bot.domain.people import Member
from bot.domain.rounds import Ladder
from bot.domain.silence import ExitLadder
from bot.domain.when import next_allowed
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Tx

SOON = timedelta(days=31)
FIRST_YEAR = 2024  # before it, it is the clock of the machine that is wrong


class Work:
    """One unit of work. It owes messages; it never sends one."""

    def __init__(self, tx: Tx, config: Config, now: datetime) -> None:
        self.tables = Tables(tx)
        self.config = config
        self.now = now
        self.zone = ZoneInfo(config.time_zone)

    def owe(
        self,
        sentence: str,
        member: str,
        reason: str,
        /,
        *,
        branch: Branch | None = None,
        expires_at: datetime | None = None,
        filled_by: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        """Owe `member` the sentence once for this `reason`; not in quiet hours, not after `expires_at`.

        Quiet hours are those of the place where she is: a liaison officer does not travel with the branch.
        The facts come one by one or as a whole (`filled_by`, where one may be called `branch`).
        """
        branch_id = branch.id if branch else None
        not_before = self.allowed_for(member, branch_id)
        owed = Owed(reason, member, sentence, branch_id, not_before, expires_at, {**(filled_by or {}), **facts})
        self.tables.outbox.owe(owed, self.now)

    def owe_admins(self, sentence: str, reason: str, /, *, about: Branch | None = None, **facts: Any) -> None:
        """`about`: its name, as far as it may bear one, is the fact `branch`."""
        for admin in self.config.admins:
            named = {"branch": self.named(about, admin)} if about else {}
            self.owe(sentence, admin, f"{reason}:{admin}", filled_by=named, **facts)

    def owe_all(self, sentence: str, members: Iterable[str], reason: str, /, *, branch: Branch, **facts: Any) -> None:
        for member in members:
            self.owe(sentence, member, f"{reason}:{member}", branch=branch, **facts)

    def allowed(self, zone: ZoneInfo) -> datetime:
        """Now, or the end of the quiet hours there."""
        return next_allowed(self.now, self.config.limits.quiet, zone)

    def allowed_for(self, member: str, branch_id: str | None) -> datetime:
        return self.allowed(self.tables.branches.zone_of(member, branch_id) or self.zone)

    def mind_year(self, schedule: Schedule, holidays: Holidays, at: datetime, zone: ZoneInfo) -> None:
        """What comes soon goes by the calendar: the admins hear, once, of a year whose holidays nobody knows."""
        year = instant.day_of(at, zone).year
        minds = (holidays != "keep" or schedule.kind == "workdays") and at - self.now < SOON
        if minds and year >= FIRST_YEAR and not self.config.calendar.knows(year):
            self.owe_admins("branch.unknown_year", f"unknown_year:{year}", year=year)

    def ring(self, branch: Branch) -> None:
        """Wake the branch when its dates next change its state."""
        self.tables.alarms.put("branch", branch.id, next_change(branch, self.now))

    def reach(self, member: str, branch_id: str | None) -> tuple[str, str] | None:
        """Channel and address by which she hears what concerns that branch; None: by none."""
        branch = self.tables.branches.get(branch_id) if branch_id else None
        return self.tables.members.address(member, branch.channel if branch else "")

    def has_group_chat(self, branch: Branch) -> bool:
        channel = self.config.channels.get(branch.channel)
        return channel is not None and channel.has_group_chats

    def mind_chat(self, branch: Branch) -> None:
        """Who belongs to it, its name or its state has changed: its group chat follows."""
        if self.has_group_chat(branch):
            self.tables.alarms.put("chat", branch.id, self.now)

    def on_duty(self, branch: Branch) -> str | None:
        """The liaison officer who hears of the branch; None: the file names nobody any more."""
        liaisons = self.tables.branches.liaisons(branch.id)
        return liaisons[0].id if liaisons else None

    def holders(self, branch: Branch) -> dict[Role, tuple[str, ...]]:
        """Who holds which duty in the branch; of those the file no longer lists nobody does."""
        liaisons = [one.id for one in self.tables.branches.liaisons(branch.id)]
        duty, wanted = self.config.duty, self._wanted(branch)
        leader = (wanted.contact_leader if wanted else "") or duty.contact_leader
        held: dict[Role, Iterable[str]] = {
            "liaison": liaisons[:1],
            "deputy": liaisons[1:],
            "secretary": (branch.secretary,),
            "contact_leader": (leader,),
            "approver": (duty.approver,),
            "admin": self.config.admins,
        }
        return {role: tuple(one for one in ids if one in self.config.people) for role, ids in held.items()}

    def reachable(self, branch: Branch) -> list[Member]:
        """Whom something may be sent that nobody asked for: neither on leave, nor in silence, nor unwilling."""
        away, belongs = self.tables.aways.now_of_branch(branch.id, self.now), self.tables.members.of_branch(branch.id)
        return [one.member for one in belongs if one.willing and one.member.id not in away]

    def prompts_left(self, member: str) -> int:
        """How many more unasked messages she may get today."""
        since = instant.start_of(self.today(), self.zone)
        return self.config.limits.prompts_per_day - self.tables.deliveries.prompts_since(member, since)

    def posts(self, branch: Branch, member: str = "") -> dict[Post, tuple[str, ...]]:
        """Who holds each post of the chain of duty over a branch, and over a member of it."""
        held, duty, person = self.holders(branch), self.config.duty, self.config.people.get(member)
        home = self.config.homes.get(person.home) if person else None
        group = self.config.groups.get(person.group) if person else None
        posts: dict[Post, Iterable[str]] = {
            "liaison": held["liaison"],
            "deputy": held["deputy"],
            "group_leader": (group.leader,) if group else (),
            "secretary": held["secretary"],
            "home_secretary": (home.secretary,) if home else (),
            "contact_leader": held["contact_leader"],
            "organ_committee": duty.organ_committee,
            "leading_party_group": duty.leading_party_group,
        }
        return {post: tuple(one for one in ids if one in self.config.people) for post, ids in posts.items()}

    def roles(self, branch: Branch, person: str) -> frozenset[Role]:
        """What somebody is in a branch; whoever is nothing there is a stranger to it."""
        held: set[Role] = {role for role, ids in self.holders(branch).items() if person in ids}
        members = self.tables.members.ids_of_branch(branch.id)
        if person in members:
            held.add("member")
        if members.intersection(self.tables.buddies.looked_after_by(person)):
            held.add("buddy")
        return frozenset(held or {"stranger"})

    def names_of(self, branch: Branch, role: Role) -> list[str]:
        found = (self.tables.members.get(one) for one in self.holders(branch).get(role, ()))
        return [one.name for one in found if one]

    def report_rule(self, branch: Branch) -> ReportRule:
        """The file's rule for the branch; the unit's own for a branch the file no longer has."""
        wanted = self._wanted(branch)
        return wanted.report if wanted else self.config.report

    def ladder(self, branch: Branch) -> Ladder:
        wanted = self._wanted(branch)
        rule: SilenceRule = wanted.silence if wanted else self.config.silence
        return Ladder(rule.member, rule.liaison)

    def exit_ladder(self, branch: Branch) -> ExitLadder:
        wanted = self._wanted(branch)
        rule: SilenceRule = wanted.silence if wanted else self.config.silence
        return ExitLadder(rule.exit_buddy, rule.exit_liaison, rule.exit_secretary, rule.contact_leader)

    def silence_reason(self, branch: Branch) -> str:
        """Why safety asks that the contact leader hears, as the file says it."""
        wanted = self._wanted(branch)
        return (wanted.silence if wanted else self.config.silence).reason

    def work_mode(self, branch: Branch) -> WorkMode:
        return self.report_rule(branch).work or ("closed" if branch.kind == "case" else "gated")

    def language(self, member: str) -> str:
        found = self.tables.members.get(member)
        return found.language if found else self.config.language

    def named(self, branch: Branch, member: str) -> str:
        """The branch's name as `member` may read it."""
        return title(branch, self.language(member))

    def local(self, moment: datetime, branch: Branch | None = None) -> str:
        return instant.local(moment, branch.zone if branch else self.zone)

    def today(self, branch: Branch | None = None) -> date:
        return instant.day_of(self.now, branch.zone if branch else self.zone)

    def _wanted(self, branch: Branch) -> Wanted | None:
        return self.config.branches.get(branch.id)
