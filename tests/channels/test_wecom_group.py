"""A branch's group chat over the simulator: made, followed, spoken to, and left with a goodbye."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.wecom_api import Reply
from bot.channels.wecom_group import done_of
from bot.domain.group_chat import Step
from bot.store.tables import Tables
from tests.channels.wecom_town import USERS, WecomTown, people, wecom_town
from tests.simulators.wecom import Corp, Fault, simulator
from tests.simulators.wecom.world import Chat
from tests.town import TOWN, town_with

Patch = pytest.MonkeyPatch
CLASS = '[study.friday]\ntitle = "周五课堂"\nform = "class"\nwhen = "fri 15:10"\nremind = ["30m"]\naudience = ["all"]\n'
SAID = "appchat/send"


def chat(w: WecomTown) -> Chat:
    (found,) = w.wecom.chats.values()
    return found


def heard(w: WecomTown, who: str) -> list[str]:
    """What she sees in the group."""
    return [line.text for line in w.wecom.record.lines(USERS[who], None) if line.chat]


async def test_a_branch_that_opens_has_a_group_with_the_secretary_as_owner(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 08:08")
        assert (chat(w).name, chat(w).owner) == ("清风专班临时党支部", "majun")
        assert set(chat(w).members) == {one.lower() for one in USERS.values()}
        (welcome,) = heard(w, "li")
        assert "群里说的话我看不到" in welcome


async def test_nothing_happens_in_the_night(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, at="2026-03-01 23:00") as w:
        await w.t.until("2026-03-02 07:00")
        assert w.wecom.chats == {}
        await w.t.until("2026-03-02 07:40")
        assert chat(w).members


async def test_who_comes_and_goes_follows_the_roster(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 08:08")
        text = town_with(('["chen", "li", "wang", "zhao", "sun"]', '["chen", "li", "wang", "zhao"]'))
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 09:00", platform, text) as w:
            await w.t.until("2026-03-02 09:05")
            assert "sunyue" not in chat(w).members
            await w.say("zhou", "移出 赵磊")
            await w.say("zhou", "确认")
            await w.t.until("2026-03-02 09:10")
            assert "zhaolei" not in chat(w).members


async def test_who_does_not_agree_is_not_in_it(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 08:08")
        await w.say("li", "不同意")
        await w.t.until("2026-03-02 08:15")
        assert "liming" not in chat(w).members


async def test_a_notice_goes_into_the_group_once_and_to_nobody_again(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 09:05")
        before = len(w.chat("li"))
        await w.say("zhou", "通知 周五在大院门口集合")
        await w.say("zhou", "确认")
        await w.t.until("2026-03-02 09:10")
        assert sum("大院门口" in one for one in heard(w, "li")) == 1
        assert len(w.chat("li")) == before
        assert any("Notice" in one or "大院门口" in one for one in w.chat("sun"))


async def test_study_for_all_is_said_in_the_group_and_answered_in_the_app(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, text=TOWN + CLASS) as w:
        await w.t.until("2026-03-06 14:45")
        assert sum("周五课堂" in one for one in heard(w, "li")) == 1
        assert not any("周五课堂" in one for one in w.chat("li"))
        assert "你参加" in await w.say("li", "参加")
        await w.t.until("2026-03-06 15:15")
        assert sum("周五课堂" in one for one in heard(w, "wang")) == 2


async def test_a_question_is_never_asked_in_the_group(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-06 20:00")
        assert len(heard(w, "li")) == 1


@pytest.mark.parametrize(("right", "why"), [("appchat", "没有建群的权限"), ("root", "根部门")])
async def test_without_the_right_the_branch_works_and_admins_hear_why(monkeypatch: Patch, right: str, why: str) -> None:
    corp = Corp()
    setattr(corp.app, right, False)
    async with wecom_town(monkeypatch, corp=corp) as w:
        await w.t.until("2026-03-02 09:00")
        assert w.wecom.chats == {}
        assert sum(why in one for one in w.chat("zhou")) == 1
        await w.say("zhou", "通知 周五集合")
        await w.say("zhou", "确认")
        await w.t.until("2026-03-02 09:05")
        assert any("周五集合" in one for one in w.chat("li"))
        setattr(corp.app, right, True)
        await w.t.until("2026-03-03 09:00")
        assert chat(w).members


async def test_with_fewer_than_two_it_goes_without_and_says_so(monkeypatch: Patch) -> None:
    async with simulator(people()[5:6]) as platform, wecom_town(monkeypatch, wecom=platform) as w:
        await w.t.until("2026-03-03 09:00")
        assert w.wecom.chats == {}
        assert any("联系得上的不到 2 人" in one for one in w.chat("zhou"))


async def test_whoever_cannot_be_reached_keeps_nobody_out(monkeypatch: Patch) -> None:
    corp = Corp()
    async with wecom_town(monkeypatch, corp=corp) as w:
        corp.members["liming"].visible = False
        await w.t.until("2026-03-03 09:00")
        assert len(chat(w).members) == 7


async def test_a_kill_after_it_was_made_makes_no_second_one(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 08:08")
            undo = "UPDATE group_chat SET state = 'none', name = '', due_at = '2026-03-02T00:00:00Z'"
            await w.t.bot.store.write(lambda tx: tx.run(undo))
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 08:12", platform) as w:
            await w.t.until("2026-03-02 08:20")
            assert len(platform.chats) == 1
            assert len(chat(w).members) == 8
            assert len(heard(w, "li")) == 1


@pytest.mark.parametrize("fault", [Fault("code"), Fault("reset", accepted=True), Fault("status"), Fault("rate")])
async def test_faults_cost_no_group_and_no_second_welcome(monkeypatch: Patch, fault: Fault) -> None:
    async with wecom_town(monkeypatch, at="2026-03-01 23:00") as w:
        for path in ("appchat/create", SAID):
            w.wecom.faults.add(Fault(fault.kind, path, fault.accepted))
        await w.t.until("2026-03-02 12:00")
        assert len(chat(w).members) == 8
        assert len(heard(w, "li")) == (0 if fault.kind == "status" else 1)


async def test_a_notice_that_the_group_does_not_take_is_said_to_each(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 09:05")
        w.wecom.chats.clear()
        await w.say("zhou", "通知 周五集合")
        await w.say("zhou", "确认")
        await w.t.until("2026-03-02 09:20")
        assert any("周五集合" in one for one in w.chat("li"))
        assert chat(w).members


async def test_at_the_end_it_says_goodbye_and_the_owner_is_asked_to_dissolve_it(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 09:05")
        await w.say("zhou", "立即结束")
        await w.say("zhou", "确认")
        await w.t.until("2026-03-02 09:20")
        assert chat(w).name == "[已结束] 清风专班临时党支部"
        assert "解散群聊" in heard(w, "li")[-1]
        assert any("解散群聊" in one for one in w.chat("ma"))
        calls = len(w.wecom.record.of(SAID))
        await w.t.until("2026-03-05 09:00")
        assert len(w.wecom.record.of(SAID)) == calls


async def test_a_right_lost_later_takes_the_group_from_nobody_and_is_no_news_of_a_missing_one(
    monkeypatch: Patch,
) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 09:05")
        w.wecom.corp.app.appchat = False
        await w.say("zhou", "移出 赵磊")
        await w.say("zhou", "确认")
        await w.t.until("2026-03-02 10:00")
        assert not any("没有群聊" in one for one in w.chat("zhou"))
        w.wecom.corp.app.appchat = True
        await w.t.until("2026-03-03 10:30")
        assert "zhaolei" not in chat(w).members


async def test_what_failed_in_the_evening_is_not_done_in_the_night(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, at="2026-03-02 21:20") as w:
        w.wecom.faults.add(Fault("code", "appchat/create", times=3))
        await w.t.until("2026-03-03 07:00")
        assert w.wecom.chats == {}
        assert all(call.at.hour < 14 for call in w.wecom.record.of("appchat/create"))
        await w.t.until("2026-03-03 07:45")
        assert chat(w).members


async def test_a_branch_that_moves_to_another_app_gets_a_group_there(monkeypatch: Patch, tmp_path: Path) -> None:
    async with simulator(people()) as platform, simulator(people(), corp=Corp("wwffffffffffffffff")) as other:
        async with wecom_town(monkeypatch, tmp_path, wecom=platform) as w:
            await w.t.until("2026-03-02 08:08")
        async with wecom_town(monkeypatch, tmp_path, "2026-03-02 09:00", other) as w:
            await w.t.until("2026-03-03 09:10")
            assert len(chat(w).members) == 8


async def test_nothing_of_it_is_kept_longer_than_the_branch(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, text=town_with(("to = 2026-05-29", "to = 2026-03-03"))) as w:
        await w.t.until("2026-03-04 09:00")
        assert await w.t.rows("SELECT 1 FROM group_chat_member")
        later = datetime(2030, 1, 1, tzinfo=UTC)
        await w.t.bot.store.write(lambda tx: Tables(tx).branches.forget(later))
        assert await w.t.rows("SELECT 1 FROM group_chat_member") == await w.t.rows("SELECT 1 FROM group_chat") == []


async def test_where_the_file_says_so_there_is_none(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, more="group_chat = false\n") as w:
        await w.t.until("2026-03-02 12:00")
        assert w.wecom.chats == {}


ROWS = [
    (Reply("ok", 0), "done", ""),
    (Reply("permanent", 86215), "exists", ""),
    (Reply("permanent", 86003), "gone", ""),
    (Reply("permanent", 86007), "illegal", "illegal"),
    (Reply("permanent", 86216), "illegal", "illegal"),
    (Reply("permanent", 86008), "refused", "refused"),
    (Reply("configuration", 48002), "refused", "permission"),
    (Reply("configuration", 60011), "refused", "visible_range"),
    (Reply("rate", 45009, rest=60), "again", ""),
    (Reply("transient", -1), "again", ""),
    (Reply("token"), "again", ""),
    (Reply("unknown"), "unclear", ""),
]


@pytest.mark.parametrize(("reply", "outcome", "why"), ROWS)
def test_what_each_answer_means_for_a_group(reply: Reply, outcome: str, why: str) -> None:
    found = done_of(reply, Step("create", "c"))
    assert (found.outcome, found.why) == (outcome, why)
