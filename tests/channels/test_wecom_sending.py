"""What goes out over WeCom, whatever the platform and the network do: once, in whole, or the admins know why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.wecom import outcomes
from bot.channels.wecom_api import Reply
from bot.message import Outgoing
from tests.channels.wecom_town import USERS, WecomTown, people, wecom_town
from tests.simulators.wecom import Fault, simulator

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
