"""The way in: sealed and signed, repeated until acknowledged, and the answer shown to the member."""

import asyncio

import pytest
from aiohttp import web

from tests.simulators.calling import Bot, buttons, calling, with_bot
from tests.simulators.wecom.crypto import Broken, seal, signature, unseal
from tests.simulators.wecom.xml import Field, written

TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
HELLO = "PzGmUgWk50kxC6Ee1E5Yx8SJQ8s0AJVS9bOkCGB0xDlRQdt9S5H2OPBObBFU9jO4yyE0DHXN5y59UdvtqM8awg=="


def test_the_known_vector_is_sealed_signed_and_opened_to_the_letter() -> None:
    assert seal(KEY, "hello", CORP, b"0" * 16) == HELLO
    assert signature(TOKEN, "1409659813", "1372623149", HELLO) == "41f8a90a734484bd97023bf37f1aeaef5537224c"
    assert unseal(KEY, HELLO, CORP) == "hello"


@pytest.mark.parametrize(
    "sealed", ["", "?", HELLO[:-8], "A" + HELLO[1:-4] + "AAA=", seal(KEY, "x", "wx0000000000000000", b"0" * 16)]
)
def test_what_is_not_whole_is_not_opened(sealed: str) -> None:
    with pytest.raises(Broken):
        unseal(KEY, sealed, CORP)


async def test_the_address_is_verified_by_the_bare_echo() -> None:
    async with with_bot() as (app, bot):
        assert (await app.wecom.verify()).good
        for wrong in ('"{}"', "\ufeff{}", "{}\n", "success"):
            bot.echo = lambda said, form=wrong: web.Response(text=form.format(said))
            assert not (await app.wecom.verify()).good
        bot.echo = lambda _: web.Response(status=403)
        assert (await app.wecom.verify()).trouble == "HTTP 403"


async def test_an_address_where_nobody_answers_is_not_verified() -> None:
    async with calling() as app:
        assert not (await app.wecom.verify()).good


async def test_a_text_reaches_the_bot_as_the_documents_write_it_and_its_answer_is_shown() -> None:
    async with with_bot() as (app, bot):
        bot.says("记下了。")
        done = await app.wecom.say("li", "一切正常 <&> ]]> \x07。")
        assert done.acknowledged
        assert not done.trouble
        assert bot.field("Content") == "一切正常 <&> ]]> 。"
        wanted = {"ToUserName": CORP, "FromUserName": "Li", "MsgType": "text", "AgentID": "1000002"}
        assert {name: bot.field(name) for name in wanted} == wanted
        assert bot.field("CreateTime") == str(int(app.clock.now().timestamp()))
        assert [(one.sender, one.text, one.passive) for one in app.wecom.record.lines("li")] == [
            ("li", "一切正常 <&> ]]> \x07。", False),
            ("app", "记下了。", True),
        ]


async def test_every_kind_of_message_and_event_has_its_fields() -> None:
    async with with_bot() as (app, bot):
        wecom = app.wecom
        for done in (
            wecom.voice("li"),
            wecom.image("li"),
            wecom.video("li"),
            wecom.file("li", "表.xlsx"),
            wecom.location("li", "30.1", "104.2", "村口"),
            wecom.link("li", "题", "http://127.0.0.1/"),
            wecom.subscribe("li"),
            wecom.unsubscribe("li"),
            wecom.enter_agent("li"),
            wecom.click("li", "help"),
            wecom.governance("inactive_alert", EffectTime="1772413200"),
        ):
            assert (await done).acknowledged
        kinds = [bot.field("MsgType", n) for n in range(11)]
        assert kinds == ["voice", "image", "video", "file", "location", "link"] + ["event"] * 5
        events = [bot.field("Event", n) for n in range(6, 11)]
        assert events == ["subscribe", "unsubscribe", "enter_agent", "click", "inactive_alert"]
        assert (bot.field("EventKey", 9), bot.field("FromUserName", 10)) == ("help", "sys")
        ids = [bot.field("MsgId", n) for n in range(6)]
        assert len(set(ids)) == 6
        assert all("MsgId" not in bot.heard[n] for n in range(6, 11))


@pytest.mark.parametrize("status", [400, 503])
async def test_without_an_acknowledgement_the_same_message_comes_again_signed_anew(status: int) -> None:
    async with with_bot() as (app, bot):

        def answer(_: str) -> web.Response:
            app.clock.later(seconds=5)
            return web.Response(status=status if len(bot.heard) < 3 else 200)

        bot.answer = answer
        done = await app.wecom.say("li", "1")
        assert done.statuses == (status, status, 200)
        assert len(set(bot.heard)) == 1
        for name in ("nonce", "timestamp", "msg_signature"):
            assert len({one[name] for one in bot.queries}) == 3


async def test_after_three_repeats_the_platform_gives_up() -> None:
    async with with_bot() as (app, bot):
        bot.answer = lambda _: web.Response(status=500)
        done = await app.wecom.say("li", "1")
        assert (done.statuses, done.acknowledged) == ((500,) * 4, False)


async def test_an_answer_that_is_lost_on_the_way_is_asked_for_again_and_shown_once() -> None:
    async with with_bot() as (app, bot):
        bot.says("好。")
        app.wecom.callback.lose = 1
        done = await app.wecom.say("li", "1")
        assert (done.statuses, app.wecom.record.received("li")) == ((0, 200), ["好。"])


async def test_a_bot_that_is_too_slow_is_asked_again() -> None:
    async with with_bot() as (app, _):
        app.wecom.callback.ack_seconds, app.wecom.callback.retries = 0.1, 1
        hold = asyncio.Event()

        async def wait(request: web.Request) -> web.Response:
            await hold.wait()
            return web.Response()

        slow = web.Application()
        slow.router.add_post("/callback", wait)
        runner = web.AppRunner(slow, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        app.wecom.corp.app.callback_url = f"http://127.0.0.1:{runner.addresses[0][1]}/callback"
        assert (await app.wecom.say("li", "1")).statuses == (0, 0)
        await runner.cleanup()


async def test_a_passive_text_is_cut_at_2048_bytes_too() -> None:
    async with with_bot() as (app, bot):
        bot.says("好" * 683)
        reply = (await app.wecom.say("li", "1")).reply
        assert reply is not None
        assert (reply.cut, len(reply.text)) == (True, 682)


TEXT: list[Field] = [("MsgType", "text"), ("Content", "好。")]


def wrong_answers(bot: Bot) -> list[web.Response]:
    return [
        web.Response(text="success"),
        web.Response(text=written([("MsgType", "text"), ("Content", "好。")])),
        web.Response(body=b"\xff\xfe"),
        bot.sealed(TEXT, token="another"),
        bot.sealed(TEXT, corp_id="wx0000000000000000"),
        bot.sealed([("MsgType", "markdown"), ("Content", "好。")]),
        bot.sealed([("Content", "好。")]),
        bot.sealed([*TEXT, ("Content", "二。")]),
        bot.sealed([("MsgType", "update_button"), ("Button", [("ReplaceName", "好")])]),
    ]


async def test_an_answer_that_is_not_as_agreed_is_shown_to_nobody() -> None:
    async with with_bot() as (app, bot):
        await app.wecom.say("li", "0")
        for wrong in wrong_answers(bot):
            bot.answer = lambda _, said=wrong: said
            done = await app.wecom.say("li", "1")
            assert done.acknowledged
            assert done.trouble
        assert not app.wecom.record.received("li")


async def test_a_text_does_not_answer_a_tap_or_a_leaving() -> None:
    async with with_bot() as (app, bot):
        bot.says("好。")
        await app.card("li", buttons())
        for done in (await app.wecom.tap("li", "t1", "well"), await app.wecom.unsubscribe("li")):
            assert (done.acknowledged, done.reply) == (True, None)
            assert "no passive text" in done.trouble


async def test_a_tap_tells_what_was_tapped_and_its_answer_changes_the_card_of_the_one_who_tapped() -> None:
    async with with_bot() as (app, bot):
        await app.card("li|wang", buttons())
        bot.answer = lambda _: bot.sealed([("MsgType", "update_button"), ("Button", [("ReplaceName", "已记下")])])
        done = await app.wecom.tap("li", "t1", "well")
        told = {name: bot.field(name) for name in ("Event", "EventKey", "TaskId", "CardType")}
        assert list(told.values()) == ["template_card_event", "well", "t1", "button_interaction"]
        assert done.reply is not None
        assert done.reply.text.endswith("[已记下]")
        assert [one.kind for one in app.wecom.record.lines("li")] == ["template_card", "card_update"]
        assert len(app.wecom.record.lines("wang")) == 1


async def test_a_whole_new_card_may_answer_a_tap_and_the_code_of_a_tap_changes_a_card_later() -> None:
    async with with_bot() as (app, bot):
        await app.card("li", buttons())
        card: list[Field] = [
            ("CardType", "button_interaction"),
            ("MainTitle", [("Title", "谢谢"), ("Desc", "10点记下")]),
            ("HorizontalContentList", [("KeyName", "情况"), ("Value", "正常")]),
            ("ButtonList", [("Text", "改一改"), ("Style", 1), ("Key", "again")]),
        ]
        bot.answer = lambda _: bot.sealed([("MsgType", "update_template_card"), ("TemplateCard", card)])
        reply = (await app.wecom.tap("li", "t1", "well")).reply
        assert reply is not None
        assert reply.text == "谢谢\n10点记下\n情况：正常\n[改一改]"
        bot.answer = lambda _: web.Response()
        await app.wecom.tap("li", "t1", "again")
        change = {
            "userids": ["li"],
            "agentid": 1000002,
            "response_code": bot.field("ResponseCode"),
            "button": {"replace_name": "好"},
        }
        assert (await app.post("message/update_template_card", change))["errcode"] == 0
        assert (await app.post("message/update_template_card", change))["errcode"] == 40058


async def test_what_is_chosen_on_a_card_is_told_nested() -> None:
    async with with_bot() as (app, bot):
        box = {"question_key": "q", "mode": 1, "option_list": [{"id": "a", "text": "甲"}, {"id": "b", "text": "乙"}]}
        submit = {"text": "提交", "key": "go"}
        card = {"card_type": "vote_interaction", "task_id": "v", "main_title": {"title": "选"}, "checkbox": box}
        await app.card("li", {**card, "submit_button": submit})
        await app.wecom.tap("li", "v", "go", {"q": ["a", "b"]})
        ids = "<OptionIds><OptionId><![CDATA[a]]></OptionId><OptionId><![CDATA[b]]></OptionId></OptionIds>"
        question = f"<QuestionKey><![CDATA[q]]></QuestionKey>{ids}"
        assert f"<SelectedItems><SelectedItem>{question}</SelectedItem></SelectedItems>" in bot.heard[-1]


async def test_the_same_message_may_come_several_times_at_once() -> None:
    async with with_bot() as (app, bot):
        done = await app.wecom.say("li", "1")
        await app.wecom.again(done, times=3)
        assert len(bot.heard) == 4
        assert len({bot.field("MsgId", n) for n in range(4)}) == 1
