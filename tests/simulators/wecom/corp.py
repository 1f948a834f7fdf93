"""The corporation the simulator plays: its members, one app, its console's settings and the documented limits.

Figures: channels.md 1.5, 1.6 and 1.10 (pages 90236, 90245, 90312); where a figure is ours, its line says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

DEMO_SECRET = "demo-secret-of-no-app"
DEMO_TOKEN = "QDG6eK"
DEMO_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
DEMO_CORP = "wx5823bf96d3bd56c7"


@dataclass(slots=True)
class Member:
    """`plugin`: reads in personal WeChat, where neither cards nor markdown are shown."""

    userid: str
    name: str = ""
    departments: tuple[int, ...] = (1,)
    licensed: bool = True
    visible: bool = True
    plugin: bool = False


def member_of(found: dict[str, Any]) -> Member:
    """As a file or a control call has one. Raises TypeError for what a member has not."""
    fields: dict[str, Any] = {**found, "departments": tuple(found.get("departments", (1,)))}
    return Member(**fields)


@dataclass(slots=True)
class App:
    """`root`: its visible range is the root department; `appchat`, `contacts`: may use those APIs."""

    agentid: int = 1000002
    secret: str = DEMO_SECRET
    name: str = "连心"
    root: bool = True
    appchat: bool = True
    contacts: bool = False
    callback_url: str = ""
    token: str = DEMO_TOKEN
    aes_key: str = DEMO_KEY


@dataclass(slots=True)
class Limits:
    """What the platform allows; past the first group it drops silently, past the others it answers 45009/45033."""

    member_minute: int = 30
    member_hour: int = 1000
    chat_member_minute: int = 200
    chat_member_day: int = 10_000
    account_cap: int = 500  # accounts of the corporation: the app sends 200 person-times a day for each
    api_minute: int = 10_000
    api_hour: int = 150_000
    ip_minute: int = 20_000
    ip_hour: int = 600_000
    concurrent: int | None = None  # no figure is documented
    gettoken_minute: int = 20  # ours: "do not call it frequently" is all that is documented
    wrong_secrets: int = 5  # ours: then the address is banned for an hour
    update_hour: int = 100  # the stricter of the two documented figures (the other is 1000)
    chats_day: int = 1000
    chat_minute: int = 20_000
    chat_hour: int = 150_000


@dataclass(slots=True)
class Corp:
    corp_id: str = DEMO_CORP
    members: dict[str, Member] = field(default_factory=dict[str, Member])
    app: App = field(default_factory=App)
    limits: Limits = field(default_factory=Limits)
    other_agents: frozenset[int] = frozenset({1000009})
    trusted_ips: frozenset[str] | None = None  # None: the console asks for none
    other_chats: frozenset[str] = frozenset()  # chats that another app has made
    callback_ips: tuple[str, ...] = ("127.0.0.1",)
    api_ips: tuple[str, ...] = ("127.0.0.1",)

    def add(self, members: Iterable[Member]) -> None:
        for member in members:
            self.members[member.userid.lower()] = member

    def member(self, userid: str) -> Member | None:
        """Small and capital letters are the same in a userid."""
        return self.members.get(userid.lower())

    def reachable(self, userid: str) -> Member | None:
        """A member in the app's visible range."""
        member = self.member(userid)
        return member if member is not None and member.visible else None

    def range(self) -> list[Member]:
        return [member for member in self.members.values() if member.visible]
