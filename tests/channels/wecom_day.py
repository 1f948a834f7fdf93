"""One day of a branch of thirty, as a script that is played on any channel."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from tests.channels.wecom_town import USERS

MEMBERS = tuple(f"p{number:02}" for number in range(1, 31))
DUTY = ("zhou", "wu", "ma")
EVERYBODY = (*MEMBERS, *DUTY)
UNIT = (
    'name = "示例县人民检察院"\nadmins = ["zhou"]\n[channels.chat]\nkind = "webchat"\n[people]\n'
    + "".join(f'{one} = {{ name = "成员{one[1:]}", status = "full" }}\n' for one in MEMBERS)
    + 'zhou = { name = "周敏" }\nwu = { name = "吴强" }\nma = { name = "马骏" }\n'
    + """[branches.qingfeng]
name = "清风专班临时党支部"
kind = "case"
from = 2026-03-02
to = 2026-03-03
liaison = ["zhou", "wu"]
secretary = "ma"
report = { ask = "daily 09:40", due = "6h" }
approval = { by = "机关党委", number = "机党〔2026〕7号", date = 2026-02-27 }
"""
    + f"members = {json.dumps(MEMBERS)}\n"
)
USER = USERS | {one: f"User{one}" for one in MEMBERS}
START, END = "2026-03-02 08:00", "2026-03-04 09:00"


@dataclass(frozen=True, slots=True)
class Deed:
    """At that hour of 2 or 3 March somebody says something, taps on her newest card, or something happens."""

    at: str
    how: Literal["say", "tap", "fault", "restart"]
    who: str = ""
    what: str = ""


def _all(at: str, how: Literal["say", "tap"], members: tuple[str, ...], what: str) -> list[Deed]:
    return [Deed(at, how, one, what) for one in members]


DAY = (
    *_all("2026-03-02 09:45", "tap", MEMBERS[:10], "一切正常"),
    *_all("2026-03-02 09:50", "tap", MEMBERS[10:14], "节点紧张"),
    *_all("2026-03-02 09:52", "say", MEMBERS[14:18], "思想稳 节点紧 胃不舒服"),
    Deed("2026-03-02 09:55", "tap", "p19", "求助"),
    Deed("2026-03-02 09:56", "say", "p19", "想换个住处"),
    Deed("2026-03-02 09:57", "say", "p20", "求助 买不到回程的票"),
    Deed("2026-03-02 09:58", "tap", "p21", "静默"),
    Deed("2026-03-02 09:59", "say", "p21", "24小时"),
    Deed("2026-03-02 10:00", "tap", "p22", "稍后"),
    Deed("2026-03-02 10:01", "say", "p23", f"({2026})示{9999}刑初{1}号的事很急"),
    Deed("2026-03-02 10:05", "say", "zhou", "认领 1"),
    Deed("2026-03-02 10:06", "say", "zhou", "认领 2"),
    Deed("2026-03-02 10:10", "say", "zhou", "办结 1 换到东边那栋了"),
    Deed("2026-03-02 10:20", "tap", "p19", "解决了 1"),
    Deed("2026-03-02 10:21", "restart"),
    Deed("2026-03-02 11:30", "say", "zhou", "通知 明早七点半在大院门口集合"),
    Deed("2026-03-02 11:31", "say", "zhou", "确认"),
    Deed("2026-03-02 13:00", "fault", what="revoke"),
    Deed("2026-03-02 13:01", "say", "p24", "求助 想家了 想跟人聊聊"),
    Deed("2026-03-02 15:39", "fault", what="rate"),
    Deed("2026-03-02 15:50", "tap", "p25", "一切正常"),
    Deed("2026-03-02 16:00", "restart"),
    Deed("2026-03-02 16:30", "say", "p26", "1"),
    Deed("2026-03-02 18:40", "say", "zhou", "摘要"),
    Deed("2026-03-03 09:45", "tap", "p01", "一切正常"),
    Deed("2026-03-03 09:46", "say", "p01", "同上"),
    Deed("2026-03-03 10:00", "say", "zhou", "结束"),
)
Act = Callable[[Deed], Awaitable[None]]
Until = Callable[[str], Awaitable[None]]


async def play(deeds: tuple[Deed, ...], until: Until, act: Act) -> None:
    for one in deeds:
        await until(one.at)
        await act(one)
