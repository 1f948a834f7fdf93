"""message/send: recipients, sizes, repeated requests, and what is dropped without a word."""

import json
from typing import Any

import pytest

from tests.simulators.calling import AGENT, Caller, buttons, calling, message
from tests.simulators.wecom import Corp, Limits, Member

WECHAT = Member("sun", "孙丽", plugin=True)


async def send(app: Caller, kind: str, part: dict[str, Any], to: str = "li") -> int:
    body = {"touser": to, "agentid": AGENT, "msgtype": kind, kind: part}
    return (await app.post("message/send", body))["errcode"]


async def test_a_text_is_seen_by_each_recipient_once_whatever_the_case_of_the_id() -> None:
    async with calling() as app:
        answer = await app.text("li|LI|Wang", "收到请回复。")
        assert answer["errcode"] == 0
        assert answer["msgid"]
        assert app.wecom.record.received("Li") == app.wecom.record.received("wang") == ["收到请回复。"]


async def test_a_partial_failure_is_a_success_that_names_who_was_left_out() -> None:
    people = [Member("li"), Member("zhou", licensed=False), Member("wu", visible=False)]
    async with calling(people) as app:
        answer = await app.text("li|ZHOU|wu|Nobody", "1")
        assert answer["errcode"] == 0
        assert (answer["invaliduser"], answer["unlicenseduser"]) == ("wu|nobody", "zhou")
        assert (await app.text("wu|nobody", "1"))["errcode"] == 81013
        assert (await app.text("zhou", "1"))["errcode"] == 81013


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"touser": ""}, 82001),
        ({"touser": "|".join(f"u{n}" for n in range(1001))}, 40058),
        ({"toparty": "|".join(str(n) for n in range(101))}, 82002),
        ({"totag": "|".join(str(n) for n in range(101))}, 82003),
        ({"agentid": 7}, 40056),
        ({"agentid": "1000002"}, 40056),
        ({"agentid": 1000009}, 301002),
        ({"msgtype": "sms"}, 40008),
        ({"text": {"content": ""}}, 44004),
        ({"text": "1"}, 40058),
        ({"safe": 2}, 40058),
        ({"enable_duplicate_check": True}, 40058),
        ({"duplicate_check_interval": 14401}, 40058),
    ],
)
async def test_a_request_the_documents_do_not_allow_is_refused_and_seen_by_nobody(
    changes: dict[str, Any], code: int
) -> None:
    async with calling() as app:
        answer = await app.post("message/send", {**message("li", text="1"), **changes})
        assert answer["errcode"] == code
        assert not app.wecom.record.received("li")
        assert app.wecom.record.refused()[-1].code == code


async def test_parties_tags_and_everybody_may_be_named() -> None:
    async with calling() as app:
        answer = await app.post("message/send", {**message("", text="1"), "toparty": "7|8", "totag": "3"})
        assert (answer["errcode"], answer["invalidparty"], answer["invalidtag"]) == (0, "8", "3")
        assert (await app.text("@all", "2"))["errcode"] == 0
        assert [app.wecom.record.received(one) for one in ("zhao", "li")] == [["1", "2"], ["2"]]


async def test_a_text_is_cut_at_2048_bytes_without_a_word() -> None:
    async with calling() as app:
        await app.text("li", "好" * 682 + "ab")
        await app.text("li", "好" * 683)
        whole, cut = app.wecom.record.lines("li")
        assert (whole.cut, len(whole.text)) == (False, 684)
        assert (cut.cut, cut.text) == (True, "好" * 682)


@pytest.mark.parametrize(
    ("kind", "most", "over", "code"),
    [
        ("markdown", {"content": "好" * 682}, {"content": "好" * 683}, 45002),
        (
            "textcard",
            {"title": "好" * 128, "description": "1", "url": "u"},
            {"title": "好" * 129, "description": "1", "url": "u"},
            45002,
        ),
        (
            "textcard",
            {"title": "1", "description": "好" * 512, "url": "u"},
            {"title": "1", "description": "好" * 513, "url": "u"},
            45002,
        ),
        (
            "textcard",
            {"title": "1", "description": "1", "url": "u" * 2048},
            {"title": "1", "description": "1", "url": "u" * 2049},
            45002,
        ),
        (
            "textcard",
            {"title": "1", "description": "1", "url": "u", "btntxt": "查看详情"},
            {"title": "1", "description": "1", "url": "u", "btntxt": "查看详情了"},
            45002,
        ),
        ("news", {"articles": [{"title": "1"}] * 8}, {"articles": [{"title": "1"}] * 9}, 45008),
    ],
)
async def test_other_kinds_are_taken_up_to_their_size_and_no_further(
    kind: str, most: dict[str, Any], over: dict[str, Any], code: int
) -> None:
    async with calling() as app:
        assert await send(app, kind, most) == 0
        assert await send(app, kind, over) == code


async def test_the_same_bytes_again_are_sent_once_while_the_interval_lasts() -> None:
    async with calling() as app:
        raw = json.dumps(message("li", text="1", enable_duplicate_check=1, duplicate_check_interval=60)).encode()
        first = await app.post("message/send", raw)
        app.clock.later(seconds=59)
        assert await app.post("message/send", raw) == first
        assert app.wecom.record.calls[-1].note
        assert app.wecom.record.received("li") == ["1"]
        assert (await app.post("message/send", raw + b" "))["msgid"] != first["msgid"]
        app.clock.later(seconds=1)
        await app.post("message/send", raw)
        assert app.wecom.record.received("li") == ["1", "1", "1"]


async def test_without_the_check_the_same_bytes_are_sent_again_and_a_refused_request_is_never_a_duplicate() -> None:
    async with calling() as app:
        for _ in range(2):
            await app.text("li", "1")
            assert (await app.text("nobody", "1", enable_duplicate_check=1))["errcode"] == 81013
        assert app.wecom.record.received("li") == ["1", "1"]


async def test_what_is_too_much_for_one_member_is_dropped_without_an_error() -> None:
    async with calling() as app:
        codes = {(await app.text("li", str(n)))["errcode"] for n in range(31)}
        assert codes == {0}
        assert app.wecom.record.received("li") == [str(n) for n in range(30)]
        assert [one.text for one in app.wecom.record.dropped] == ["30"]
        await app.text("wang", "1")
        app.clock.later(minutes=1)
        await app.text("li", "again")
        assert app.wecom.record.received("li")[-1] == "again"
        assert app.wecom.record.received("wang") == ["1"]


async def test_what_is_too_much_for_one_member_in_an_hour_is_dropped_too() -> None:
    async with calling(corp=Corp(limits=Limits(member_hour=3))) as app:
        for n in range(4):
            await app.text("li", str(n))
            app.clock.later(minutes=14)
        assert app.wecom.record.received("li") == ["0", "1", "2"]


async def test_more_person_times_in_a_day_than_the_app_has_are_refused() -> None:
    async with calling(corp=Corp(limits=Limits(account_cap=1, member_minute=1000))) as app:
        for n in range(66):
            await app.text("li|wang|zhao", str(n))
        assert (await app.text("li|wang|zhao", "over"))["errcode"] == 45009
        app.clock.later(days=1)
        app.token = ""
        assert (await app.text("li", "next"))["errcode"] == 0


async def test_who_reads_in_wechat_sees_texts_and_text_cards_and_neither_cards_nor_markdown() -> None:
    async with calling([WECHAT]) as app:
        await app.text("sun", "1")
        await send(app, "textcard", {"title": "2", "description": "<div>天</div>", "url": "u"}, "sun")
        await send(app, "markdown", {"content": "3"}, "sun")
        await app.card("sun", buttons())
        assert app.wecom.record.received("sun") == ["1", "2\n天"]
        assert len(app.wecom.record.dropped) == 2
