"""Group chats: every refusal of the documents once, and who sees what."""

from typing import Any

import pytest

from tests.simulators.calling import TOWN, Caller, buttons, calling
from tests.simulators.wecom import App, Corp, Limits, Member

GROUP: dict[str, Any] = {"name": "张家支部", "owner": "li", "userlist": ["Li", "wang"], "chatid": "b1"}
HELLO = {"chatid": "b1", "msgtype": "text", "text": {"content": "欢迎。"}}


async def code(app: Caller, path: str, body: dict[str, Any]) -> int:
    return (await app.post(f"appchat/{path}", body))["errcode"]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"chatid": "c" * 32, "name": "好" * 50}, 0),
        ({"chatid": "c" * 33}, 86205),
        ({"chatid": "b_1"}, 86206),
        ({"name": "好" * 51}, 86004),
        ({"userlist": []}, 86204),
        ({"userlist": ["li"]}, 86006),
        ({"userlist": ["li", "LI"]}, 86006),
        ({"userlist": ["li", "nobody"]}, 86007),
        ({"userlist": "li|wang"}, 40058),
        ({"owner": "nobody"}, 86005),
        ({"owner": "zhao"}, 86207),
        ({"owner": ""}, 0),
        ({"chatid": "taken"}, 86215),
    ],
)
async def test_a_group_is_made_as_the_documents_allow(changes: dict[str, Any], wanted: int) -> None:
    async with calling(corp=Corp(other_chats=frozenset({"taken"}))) as app:
        assert await code(app, "create", {**GROUP, **changes}) == wanted
        assert len(app.wecom.chats) == (wanted == 0)


async def test_the_same_chatid_again_is_refused_and_nothing_changes() -> None:
    async with calling() as app:
        assert await app.post("appchat/create", GROUP) == {"errcode": 0, "errmsg": "ok", "chatid": "b1"}
        assert await code(app, "create", {**GROUP, "name": "另一个"}) == 86215
        found = (await app.get("appchat/get", chatid="b1"))["chat_info"]
        assert (found["name"], found["owner"], found["userlist"]) == ("张家支部", "li", ["li", "wang"])


async def test_a_group_has_at_most_2000_members() -> None:
    people = [Member(f"u{n}") for n in range(2001)]
    async with calling(people) as app:
        ids = [one.userid for one in people]
        group = {"name": "大支部", "chatid": "big"}
        assert await code(app, "create", {**group, "userlist": ids}) == 86006
        assert await code(app, "create", {**group, "userlist": ids[:2000]}) == 0


@pytest.mark.parametrize(("app", "wanted"), [(App(root=False), 60011), (App(appchat=False), 48002)])
async def test_an_app_without_the_right_has_no_groups(app: App, wanted: int) -> None:
    async with calling(corp=Corp(app=app)) as caller:
        for path, body in (("create", GROUP), ("update", {"chatid": "b1"}), ("send", HELLO)):
            assert await code(caller, path, body) == wanted
        assert (await caller.get("appchat/get", chatid="b1"))["errcode"] == wanted


@pytest.mark.parametrize(("chatid", "wanted"), [("", 86001), ("?", 86001), ("b2", 86003), ("theirs", 86008)])
async def test_a_chat_that_is_not_ours_is_refused(chatid: str, wanted: int) -> None:
    async with calling(corp=Corp(other_chats=frozenset({"theirs"}))) as app:
        assert await code(app, "send", {**HELLO, "chatid": chatid}) == wanted
        assert await code(app, "update", {"chatid": chatid, "name": "1"}) == wanted
        assert (await app.get("appchat/get", chatid=chatid))["errcode"] == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"name": "[已结束] 张家支部"}, 0),
        ({"name": "好" * 51}, 86004),
        ({"add_user_list": ["zhao"], "del_user_list": ["wang"]}, 0),
        ({"add_user_list": ["nobody"]}, 86216),
        ({"del_user_list": ["zhao"]}, 86216),
        ({"del_user_list": ["wang"]}, 86006),
        ({"add_user_list": ["zhao"], "del_user_list": ["li"]}, 86005),
        ({"add_user_list": ["zhao"], "del_user_list": ["li"], "owner": "zhao"}, 0),
        ({"owner": "zhao"}, 86005),
    ],
)
async def test_a_group_is_changed_as_the_documents_allow(changes: dict[str, Any], wanted: int) -> None:
    async with calling() as app:
        await code(app, "create", GROUP)
        before = (await app.get("appchat/get", chatid="b1"))["chat_info"]
        assert await code(app, "update", {"chatid": "b1", **changes}) == wanted
        after = (await app.get("appchat/get", chatid="b1"))["chat_info"]
        assert (before == after) == (wanted != 0)


async def test_a_message_is_seen_by_the_members_of_the_hour_in_the_group_only() -> None:
    async with calling() as app:
        await code(app, "create", GROUP)
        assert await code(app, "send", HELLO) == 0
        await code(app, "update", {"chatid": "b1", "add_user_list": ["zhao"], "del_user_list": ["wang"]})
        mentioned = {"content": "学习提醒", "mentioned_list": ["@all"]}
        assert await code(app, "send", {**HELLO, "text": mentioned}) == 0
        seen = {one.userid: app.wecom.record.received(one.userid, "b1") for one in TOWN}
        assert seen == {"Li": ["欢迎。", "学习提醒"], "wang": ["欢迎。"], "zhao": ["学习提醒"]}
        assert not app.wecom.record.lines("li")


async def test_a_group_takes_no_cards_and_cuts_texts_as_everywhere() -> None:
    async with calling() as app:
        await code(app, "create", GROUP)
        card = {"chatid": "b1", "msgtype": "template_card", "template_card": buttons()}
        assert await code(app, "send", card) == 40008
        assert await code(app, "send", {**HELLO, "text": {"content": "好" * 700}}) == 0
        assert app.wecom.record.lines("li", "b1")[0].cut


async def test_what_is_too_much_for_the_app_is_refused_and_for_one_member_dropped() -> None:
    limits = Limits(update_hour=1, chats_day=1, chat_minute=8, chat_member_minute=2)
    async with calling(corp=Corp(limits=limits)) as app:
        assert [await code(app, "create", {**GROUP, "chatid": one}) for one in ("b1", "b2")] == [0, 45009]
        assert [await code(app, "update", {"chatid": "b1", "name": one}) for one in ("1", "2")] == [0, 45009]
        said = [await code(app, "send", {**HELLO, "text": {"content": str(n)}}) for n in range(5)]
        assert said == [0, 0, 0, 0, 45009]
        assert app.wecom.record.received("li", "b1") == ["0", "1"]
        assert len(app.wecom.record.dropped) == 4
