"""What an admin may say in the file, as frozen values. The defaults here are the documentation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bot.config.organisation import Care as Care
from bot.config.organisation import Duty as Duty
from bot.config.organisation import Meeting as Meeting
from bot.config.organisation import PartyGroup as PartyGroup
from bot.config.studying import Form as Form
from bot.config.studying import Study as Study
from bot.domain import need_kinds as need_words
from bot.domain import platform, talk
from bot.domain.cadence import Schedule, parse
from bot.domain.need_kinds import OTHER, KindOfNeed
from bot.domain.platform import Platform
from bot.domain.talk import Rule
from bot.domain.when import Quiet, parse_quiet
from bot.domain.workdays import Workdays

Language = Literal["zh", "en"]
Status = Literal["full", "probationary", "activist", "officer"]
Kind = Literal["case", "training", "secondment"]
Work = Literal["closed", "gated"]
Holidays = Literal["skip", "before", "after", "keep"]

SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Server:
    listen: str = "127.0.0.1:8080"
    public_url: str = "http://127.0.0.1:8080"  # what links in messages begin with


@dataclass(frozen=True, slots=True)
class StorePlace:
    url: str = "sqlite:data/lianxin.db"
    key_file: str = "data/lianxin.key"


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """`…_env`: the names of environment variables; no secret stands in the file."""

    kind: Literal["webchat", "wecom"] = "webchat"
    corp_id: str = ""
    agent_id: int = 0
    secret_env: str = "WECOM_SECRET"  # noqa: S105 - the name of a variable
    token_env: str = "WECOM_TOKEN"  # noqa: S105
    encoding_aes_key_env: str = "WECOM_AES_KEY"
    api_base: str = "https://qyapi.weixin.qq.com"
    cards: bool = True  # after the text, a card with answers to tap
    group_chat: bool = True  # a group chat for each branch
    member_minute: int = 30  # messages to one member; the platform drops more and says nothing
    member_hour: int = 1000
    app_day: int = 0  # person-times a day of the whole app; 0: not counted
    api_minute: int = 10_000  # calls of one API
    api_hour: int = 150_000

    @property
    def on_this_machine(self) -> bool:
        """Nothing of it leaves the machine: its API, if it has one, is a simulator here."""
        return self.kind == "webchat" or _is_here(urlsplit(self.api_base).hostname or "")

    @property
    def has_group_chats(self) -> bool:
        return self.kind == "wecom" and self.group_chat


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    status: Status = "officer"
    home: str = ""
    group: str = ""  # her party group
    number: str = ""  # by which the exports of study platforms know her
    language: Language | None = None  # None: the unit's
    buddy: str = ""  # who looks after her silence
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])  # channel name -> address; none: her id


@dataclass(frozen=True, slots=True)
class RosterPlace:
    file: str = ""  # empty: everybody is in [people]


@dataclass(frozen=True, slots=True)
class Home:
    name: str
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """When a branch is asked, and how its answers are read. `work = None`: closed for cases, else gated."""

    ask: Schedule = parse("mon,thu 17:40")
    due: timedelta = timedelta(hours=20)
    early: timedelta = timedelta(hours=24)
    work: Work | None = None
    holidays: Holidays = "skip"


@dataclass(frozen=True, slots=True)
class SilenceRule:
    """After a round is due, who hears of an answer that has not come."""

    member: timedelta = timedelta(0)
    liaison: timedelta = timedelta(hours=4)
    contact_leader: timedelta | None = None  # needs `reason`: why safety asks for it
    reason: str = ""
    exit_buddy: timedelta = timedelta(hours=1)  # after the question at the end of a declared silence
    exit_liaison: timedelta = timedelta(hours=2)
    exit_secretary: timedelta = timedelta(hours=4)  # and the deputies


@dataclass(frozen=True, slots=True)
class Needs:
    """How long a need may lie before somebody hears of it; a kind may have shorter clocks of its own."""

    claim: timedelta = timedelta(hours=4)  # unclaimed
    work: timedelta = timedelta(days=2)  # claimed, and no step since
    confirm: timedelta = timedelta(days=3)  # done, and no word of hers


@dataclass(frozen=True, slots=True)
class Approval:
    by: str
    number: str
    date: date


@dataclass(frozen=True, slots=True)
class Branch:
    name: str
    kind: Kind
    opens: date  # `from` in the file
    closes: date  # `to`: its last day
    liaison: tuple[str, ...]  # first is on duty, others are deputies
    members: tuple[str, ...]
    secretary: str = ""
    contact_leader: str = ""  # empty: the unit's
    team: str = ""  # codename of its case team
    approval: Approval | None = None
    channel: str = ""  # empty: the first channel of the file
    time_zone: str = ""  # empty: the unit's
    report: ReportRule = ReportRule()
    silence: SilenceRule = SilenceRule()
    weekly_meeting: Meeting = Meeting()
    monthly_comment: Meeting = Meeting(holidays="before")
    owner: str = ""  # of a training as a project: who sees to what it hands in
    deliverables: Mapping[str, date] = field(default_factory=dict[str, date])  # name -> last day

    @property
    def work(self) -> Work:
        return self.report.work or ("closed" if self.kind == "case" else "gated")


@dataclass(frozen=True, slots=True)
class Digest:
    daily: Schedule | None = parse("workdays 18:20")  # to the liaison officer on duty
    weekly: Schedule | None = parse("fri 16:40")  # to secretaries
    monthly: Schedule | None = parse("monthly 3 09:10")  # the bulletin, to secretaries and admins
    quarterly: Schedule | None = parse("quarterly 1/6 09:10")  # the same of the quarter, and of the year
    yearly: Schedule | None = parse("yearly 01-09 09:10")
    news: Schedule | None = parse("fri 17:30")  # home news, to those of a home branch who are away


@dataclass(frozen=True, slots=True)
class Limits:
    quiet: Quiet | None = parse_quiet("20:00-07:30")
    prompts_per_day: int = 3  # per member; answers, receipts and safety do not count
    together: timedelta = timedelta(minutes=15)  # what is due within it goes with what is said now
    apply_messages: int = 50  # a changed file that would send more than this waits for an admin's word
    apply_leaving: int = 3  # or one that takes more places in running branches away


@dataclass(frozen=True, slots=True)
class Gate:
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    words: timedelta = timedelta(days=30)  # what members wrote, after a branch closed
    facts: timedelta = timedelta(days=730)
    group_of_at_least: int = 5  # no figure about fewer members


@dataclass(frozen=True, slots=True)
class Config:
    """One organisation, whole and checked: every id in it exists."""

    name: str
    admins: tuple[str, ...]
    channels: Mapping[str, ChannelConfig]
    people: Mapping[str, Person]
    branches: Mapping[str, Branch]
    language: Language = "zh"
    time_zone: str = "Asia/Shanghai"
    sentences: str = SENTENCES  # folder of the unit's own wording; none need be there
    server: Server = Server()
    store: StorePlace = StorePlace()
    homes: Mapping[str, Home] = field(default_factory=dict[str, Home])
    groups: Mapping[str, PartyGroup] = field(default_factory=dict[str, PartyGroup])
    duty: Duty = Duty()
    talks: Mapping[str, Rule] = field(default_factory=lambda: dict(talk.SHIPPED))
    care: Care = Care()
    report: ReportRule = ReportRule()
    silence: SilenceRule = SilenceRule()
    needs: Needs = Needs()
    need_kinds: Mapping[str, KindOfNeed] = field(default_factory=lambda: dict(need_words.SHIPPED))
    study: Mapping[str, Study] = field(default_factory=dict[str, Study])
    study_packs: tuple[str, ...] = ()
    platforms: Mapping[str, Platform] = field(default_factory=lambda: dict(platform.SHIPPED))
    digest: Digest = Digest()
    limits: Limits = Limits()
    gate: Gate = Gate()
    keep: Keep = Keep()
    calendar: Workdays = Workdays()
    roster: RosterPlace = RosterPlace()
    sources: tuple[Path, ...] = field(default=(), compare=False)  # the files it was read from
    unread: tuple[str, ...] = field(default=(), compare=False)  # heads in the roster that stand for nothing

    def kind_of_need(self, id: str) -> KindOfNeed:  # noqa: A002
        """A kind the file no longer has is one of the others."""
        return self.need_kinds.get(id, need_words.SHIPPED[OTHER])
