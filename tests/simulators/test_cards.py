"""Template cards: what the platform takes, the task_id that is used once, and the code that changes a card once."""

from typing import Any

import pytest

from tests.simulators.calling import AGENT, buttons, calling
from tests.simulators.wecom import CannotTap

OPTIONS = [{"id": str(n), "text": f"第{n}项"} for n in range(1, 22)]
SUBMIT = {"text": "提交", "key": "go"}
NOTICE = {"card_type": "text_notice", "main_title": {"title": "通知"}, "card_action": {"type": 1, "url": "u"}}
LINES = [{"keyname": "k", "value": "v"}]
JUMPS = [{"type": 1, "title": "t", "url": "u"}]
BUTTON = {"text": "好", "key": "k"}


def vote(count: int, mode: int = 1) -> dict[str, Any]:
    box = {"question_key": "q", "mode": mode, "option_list": OPTIONS[:count]}
    title = {"title": "选择"}
    return {
        "card_type": "vote_interaction",
        "task_id": "v",
        "main_title": title,
        "checkbox": box,
        "submit_button": SUBMIT,
    }


def several(selects: int, count: int) -> dict[str, Any]:
    lists = [{"question_key": f"q{n}", "option_list": OPTIONS[:count]} for n in range(selects)]
    title = {"title": "选择"}
    return {
        "card_type": "multiple_interaction",
        "task_id": "m",
        "main_title": title,
        "select_list": lists,
        "submit_button": SUBMIT,
    }


@pytest.mark.parametrize(
    "card",
    [
        NOTICE,
        {**NOTICE, "horizontal_content_list": LINES * 6, "jump_list": JUMPS * 3},
        {**NOTICE, "main_title": {}, "sub_title_text": "只有副标题"},
        buttons("A-z_0@"),
        buttons("t" * 128),
        buttons(button_list=[{**BUTTON, "key": "k" * 1024}]),
        vote(20),
        several(3, 10),
    ],
)
async def test_a_card_within_the_limits_is_taken(card: dict[str, Any]) -> None:
    async with calling() as app:
        assert (await app.card("li", card))["errcode"] == 0
        assert app.wecom.record.lines("li")[0].card == card


@pytest.mark.parametrize(
    "card",
    [
        {},
        {"card_type": "poster"},
        {**NOTICE, "card_action": {}},
        {**NOTICE, "card_action": {"type": 1}},
        {**NOTICE, "main_title": {}},
        {**NOTICE, "horizontal_content_list": LINES * 7},
        {**NOTICE, "jump_list": JUMPS * 4},
        buttons(""),
        buttons("t" * 129),
        buttons("周报"),
        buttons("a b"),
        buttons(main_title={}),
        buttons(button_list=[]),
        buttons(button_list=[{"text": "1", "key": str(n)} for n in range(7)]),
        buttons(button_list=[BUTTON, BUTTON]),
        buttons(button_list=[{"text": "好"}]),
        buttons(button_list=[{"key": "k"}]),
        buttons(button_list=[{**BUTTON, "key": "k" * 1025}]),
        vote(21),
        vote(0),
        vote(2, mode=2),
        {**vote(2), "submit_button": {}},
        several(4, 1),
        several(1, 11),
        {**several(1, 2), "submit_button": {"text": "提交"}},
    ],
)
async def test_a_card_outside_the_limits_is_refused_and_seen_by_nobody(card: dict[str, Any]) -> None:
    async with calling() as app:
        assert (await app.card("li", card))["errcode"] == 40058
        assert not app.wecom.record.received("li")


async def test_an_interactive_card_needs_a_callback_address() -> None:
    async with calling(callback_url="") as app:
        assert (await app.card("li", buttons()))["errcode"] == 40058
        assert (await app.card("li", NOTICE))["errcode"] == 0


async def test_a_task_id_is_refused_the_second_time_but_not_in_a_repeated_request() -> None:
    async with calling() as app:
        first = await app.card("li", buttons(), enable_duplicate_check=1)
        assert (await app.card("li", buttons(), enable_duplicate_check=1)) == first
        assert (await app.card("wang", buttons(), enable_duplicate_check=1))["errcode"] == 40058
        assert (await app.card("wang", buttons("t2")))["errcode"] == 0


async def test_a_refused_card_has_not_used_its_task_id() -> None:
    async with calling() as app:
        assert (await app.card("nobody", buttons()))["errcode"] == 81013
        assert (await app.card("li", buttons()))["errcode"] == 0


def change(code: str, *users: str, **what: Any) -> dict[str, Any]:
    return {"userids": list(users), "agentid": AGENT, "response_code": code, **(what or {"button": GREY})}


GREY = {"replace_name": "已记下"}


async def test_a_card_is_changed_once_by_its_code_for_those_who_are_named() -> None:
    async with calling() as app:
        code = (await app.card("li|wang", buttons()))["response_code"]
        answer = await app.post("message/update_template_card", change(code, "li", "zhao"))
        assert (answer["errcode"], answer["invaliduser"]) == (0, ["zhao"])
        seen = app.wecom.record.lines("li")[-1]
        assert (seen.kind, seen.task_id, seen.text.endswith("[已记下]")) == ("card_update", "t1", True)
        assert len(app.wecom.record.lines("wang")) == 1
        again = await app.post("message/update_template_card", change(code, "li"))
        assert again["errcode"] == 40058


async def test_a_code_is_good_for_72_hours() -> None:
    async with calling() as app:
        codes = [(await app.card("li", buttons(task)))["response_code"] for task in ("a", "b")]
        app.clock.later(hours=72, seconds=-1)
        app.token = ""
        assert (await app.post("message/update_template_card", change(codes[0], "li")))["errcode"] == 0
        app.clock.later(seconds=1)
        assert (await app.post("message/update_template_card", change(codes[1], "li")))["errcode"] == 40058


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"userids": []}, 82001),
        ({"userids": "li"}, 40058),
        ({"agentid": 7}, 40056),
        ({"button": {}}, 40058),
        ({"template_card": buttons(button_list=[])}, 40058),
        ({"response_code": "none"}, 40058),
    ],
)
async def test_a_change_the_documents_do_not_allow_is_refused(body: dict[str, Any], code: int) -> None:
    async with calling() as app:
        known = (await app.card("li", buttons()))["response_code"]
        asked = {**change(known, "li"), **body}
        assert (await app.post("message/update_template_card", asked))["errcode"] == code
        assert (await app.post("message/update_template_card", change(known, "li")))["errcode"] == 0


async def test_everybody_who_has_the_card_may_be_meant_and_a_new_card_may_be_put_in_its_place() -> None:
    async with calling() as app:
        code = (await app.card("li|wang", buttons()))["response_code"]
        new = buttons("ignored", main_title={"title": "已结束"}, replace_text="已结束")
        asked = {"atall": 1, "agentid": AGENT, "response_code": code, "template_card": new}
        assert (await app.post("message/update_template_card", asked))["errcode"] == 0
        assert [app.wecom.record.lines(one)[-1].text.splitlines()[0] for one in ("li", "wang")] == ["已结束"] * 2


async def test_a_button_that_is_grey_or_not_there_cannot_be_tapped() -> None:
    async with calling() as app:
        code = (await app.card("li", buttons()))["response_code"]
        for userid, key in (("wang", "well"), ("li", "nothing")):
            with pytest.raises(CannotTap):
                await app.wecom.tap(userid, "t1", key)
        await app.post("message/update_template_card", change(code, "li"))
        with pytest.raises(CannotTap):
            await app.wecom.tap("li", "t1", "well")
