"""What goes out over WeCom, whatever the platform and the network do: once, in whole, or the admins know why not."""

import asyncio
from dataclasses import replace
from datetime import datetime
from math import ceil
from pathlib import Path

import pytest

from bot.channels.wecom import TO_ONE, outcomes
from bot.channels.wecom_api import Reply
from bot.domain.people import Member as MemberRow
from bot.message import Outgoing
from bot.store.outbox import Owed
from bot.store.tables import Tables
from bot.store.tx import Tx
from tests.channels.wecom_town import USERS, WecomTown, people, wecom_town
from tests.simulators.wecom import Fault, Member, simulator

Patch = pytest.MonkeyPatch
BATCH = [Outgoing(user, "这几天怎么样？", f"d:{who}") for who, user in USERS.items()]


async def asked_through(w: WecomTown, *faults: Fault) -> None:
    """The first question goes out while these faults happen, and an hour passes."""
    await w.t.until("2026-03-02 17:39")
    w.channel.api._deadline = 0.3  # pyright: ignore[reportPrivateUsage]
    w.wecom.faults.add(*faults)
    await w.t.until("2026-03-02 18:10")


def questions(w: WecomTown, who: str) -> int:
    return sum("这几天怎么样" in one for one in w.chat(who))


SEND = "message/send"
FAULTS = {
    "busy": Fault("code", SEND),
    "reset": Fault("reset", SEND),
    "html": Fault("body", SEND),
    "bad gateway": Fault("status", SEND),
    "bad gateway, but it was taken": Fault("status", SEND, accepted=True),
    "revoked": Fault("revoke", SEND),
    "reset, but it was taken": Fault("reset", SEND, accepted=True),
    "no answer": Fault("hang", SEND),
    "no answer, but it was taken": Fault("hang", SEND, accepted=True),
    "byte by byte": Fault("trickle", SEND, accepted=True),
    "no token": Fault("status", "gettoken"),
    "a list": Fault("body", SEND, text="[]"),
    "no errcode": Fault("body", SEND, text="{}"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_one_fault_costs_nobody_a_question_and_gives_nobody_two(monkeypatch: Patch, name: str) -> None:
    async with wecom_town(monkeypatch) as w:
        await asked_through(w, replace(FAULTS[name]))
        assert [questions(w, who) for who in ("chen", "li", "wang", "zhao")] == [1, 1, 1, 1]


async def test_many_faults_in_a_row_do_not_either(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await asked_through(w, *(replace(one) for name, one in FAULTS.items() if "no answer" not in name))
        assert [questions(w, who) for who in ("chen", "li", "wang", "zhao")] == [1, 1, 1, 1]


async def test_a_revoked_token_is_fetched_anew_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:39")
        await w.channel.send(BATCH[:1])
        before = len(w.wecom.record.of("gettoken"))
        await asked_through(w, Fault("revoke", SEND))
        assert len(w.wecom.record.of("gettoken")) == before + 1


async def test_an_unknown_account_is_named_to_the_admins_and_the_others_are_reached(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        w.wecom.corp.members["liming"].visible = False
        await asked_through(w)
        assert [questions(w, who) for who in ("chen", "li", "wang")] == [1, 0, 1]
        await w.t.until("2026-03-02 18:30")
        assert any("送不到李明" in one and "花名册" in one for one in w.chat("zhou"))
        rows = await w.t.rows("SELECT error FROM delivery_to WHERE member = 'li' AND error <> ''")
        assert {row["error"] for row in rows} == {"wecom.unknown_user"}


async def test_whoever_has_no_licence_is_named_too(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        w.wecom.corp.members["wangjing"].licensed = False
        await asked_through(w)
        assert any("送不到王静" in one and "许可" in one for one in w.chat("zhou"))


async def test_an_untrusted_ip_is_told_with_what_to_do_and_tried_again(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:39")
        w.wecom.corp.trusted_ips = frozenset({"203.0.113.7"})
        await w.t.until("2026-03-02 17:45")
        w.wecom.corp.trusted_ips = None
        await w.t.until("2026-03-02 18:10")
        assert [questions(w, who) for who in ("chen", "li")] == [1, 1]
        told = [one for one in w.chat("zhou") if "企业可信IP" in one]
        assert len(told) == 1
        assert "127.0.0.1" in told[0]


async def test_after_a_rate_limit_the_api_rests_and_nothing_is_lost(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 12:00")
        w.wecom.faults.add(Fault("rate", SEND))
        assert (await w.channel.send(BATCH[:1]))[0].after == 60
        calls = len(w.wecom.record.calls)
        await w.t.until("2026-03-02 12:00:40")
        assert (await w.channel.send(BATCH[:1]))[0].after == pytest.approx(20)
        assert len(w.wecom.record.calls) == calls
        await asked_through(w, Fault("rate", SEND))
        assert [questions(w, who) for who in ("chen", "li", "wang", "zhao")] == [1, 1, 1, 1]


async def test_a_kill_between_sending_and_settling_gives_nobody_two(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 17:43")
            again = "UPDATE delivery SET state = 'due' WHERE state = 'sent' AND made_at >= '2026-03-02T09:40'"
            await w.t.bot.store.write(lambda tx: tx.run(again))
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 17:50", platform) as after:
            await after.t.until("2026-03-02 18:10")
            assert questions(after, "li") == 1


async def test_what_does_not_fit_goes_on_in_the_next_message_in_order(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 21:00")
        before = len(w.chat("zhou"))
        for number in range(12):
            await w.say("li", f"求助 第{'一二三四五六七八九十甲乙'[number]}样：{'宿舍的暖气不热，' * 15}")
        assert len(w.chat("zhou")) == before
        await w.t.until("2026-03-03 07:50")
        pieces = w.chat("zhou")[before:]
        assert len(pieces) > 2
        assert all(len(one.encode()) <= 2048 for one in pieces)
        whole = "".join(pieces)
        places = [whole.index(f"诉求 {number} 号") for number in range(1, 13)]
        assert places == sorted(places)


@pytest.mark.parametrize("texts", [(10_000,), (4_500, 3_200, 2_300)])
async def test_ten_thousand_are_as_many_calls_as_thousands_of_each_text(
    monkeypatch: Patch, texts: tuple[int, ...]
) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 12:05")
        users = [f"u{number:05}" for number in range(sum(texts))]
        w.wecom.corp.add(Member(user) for user in users)
        says = [number for number, count in enumerate(texts) for _ in range(count)]
        says = [says[place * 7919 % len(says)] for place in range(len(says))]  # mixed, as people are
        before = len(w.wecom.record.of(SEND))
        await w.t.bot.store.write(lambda tx: owe_all(tx, w.t.clock.now(), list(zip(users, says, strict=True))))
        await w.t.bot.beat()
        calls = w.wecom.record.of(SEND)[before:]
        assert len(calls) == sum(ceil(count / 1000) for count in texts)
        reached = [user for call in calls for user in call.body["touser"].split("|")]
        assert sorted(reached) == users
        assert {call.code for call in calls} == {0}


def owe_all(tx: Tx, now: datetime, says: list[tuple[str, int]]) -> None:
    tables = Tables(tx)
    for user, number in says:
        tables.members.put(MemberRow(user, user, "officer", "", "zh"))
        tables.members.put_addresses(user, {"wecom": user})
        facts = {"by": f"第{number}位"}
        tables.outbox.owe(Owed(f"r:{user}", user, "sending.confirmed_by", None, now, None, facts), now)


async def test_more_than_the_platform_passes_on_to_one_member_waits(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        one = [Outgoing("LiMing", "x", "d:li")]
        sent = [await w.channel.send([Outgoing("LiMing", f"第{n}条", "d")]) for n in range(TO_ONE.minute)]
        assert not any(each.error for (each,) in sent)
        (late,) = await w.channel.send(one)
        assert (late.error, late.retry, 0 < late.after <= 60) == ("wecom.too_many", True, True)


async def test_two_hundred_to_one_member_arrive_to_the_last_whatever_is_sent_at_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        waiting = [Outgoing("LiMing", f"第{n}条", "d") for n in range(200)]
        for minute in range(15):
            await w.t.until(f"2026-03-02 10:{minute:02}:30")
            sent = await asyncio.gather(*(w.channel.send([one]) for one in waiting))
            waiting = [one for one, (each,) in zip(waiting, sent, strict=True) if each.error]
        assert waiting == []
        assert w.wecom.record.dropped == []
        assert sum(one.startswith("第") for one in w.chat("li")) == 200


async def test_a_restart_forgets_nothing_of_what_the_platform_has_counted(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 10:00:00")
            for n in range(28):
                await w.t.bot.store.write(lambda tx, n=n: owe(tx, w.t.clock.now(), n))
                await w.t.bot.beat()
            await w.t.until("2026-03-02 10:00:40")
            reached = len(w.chat("li"))
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 10:00:41", platform) as w:
            sent = [await w.channel.send([Outgoing("LiMing", f"再{n}", "d")]) for n in range(30)]
            assert sum(not one.error for (one,) in sent) < 30
        assert platform.record.dropped == []
        assert reached > 20


def owe(tx: Tx, now: datetime, number: int) -> None:
    id_ = f"burst-{number}"
    Tables(tx).deliveries.make(id_, "wecom", f"第{number}条", [("li", "LiMing", False)], now)


async def test_the_app_has_a_quota_for_the_day(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, more="app_day = 20\n") as w:
        letters = [Outgoing(user, "学习提醒", "d") for user in USERS.values()]
        first, second, third = [await w.channel.send(letters) for _ in range(3)]
        assert not any(one.error for one in (*first, *second))
        assert {(one.error, one.after > 0) for one in third} == {("wecom.too_many", True)}


@pytest.mark.parametrize(
    ("reply", "retry"),
    [
        (Reply("ok", 0), False),
        (Reply("recipients", 81013), False),
        (Reply("permanent", 40058), False),
        (Reply("transient", -1), True),
        (Reply("rate", 45009, rest=60), True),
        (Reply("token", 40014), True),
        (Reply("unknown"), True),
        (Reply("configuration", 60020), True),
    ],
)
def test_each_outcome_says_what_follows(reply: Reply, retry: bool) -> None:
    found = outcomes(BATCH, reply)
    assert {one.retry for one in found} == {retry}
    assert all(bool(one.error) == (reply.meaning != "ok") for one in found)
    assert [one.to_mend for one in found] == [reply.meaning == "configuration"] * len(BATCH)
    assert [one.sure_within is not None for one in found] == [reply.meaning == "unknown"] * len(BATCH)
