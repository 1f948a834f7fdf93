"""The page that plays the client, in a real browser on a narrow phone: reading, writing, tapping."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio

from tests.simulators.calling import Bot, Caller, buttons, with_bot
from tests.simulators.wecom.xml import Field
from tests.web.browsing import FAINT_TEXT, NAMELESS, SMALL_TARGETS, chromium, need_browser

pytestmark = [pytest.mark.browser]
GREY: list[Field] = [("MsgType", "update_button"), ("Button", [("ReplaceName", "已记下")])]
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest_asyncio.fixture
async def phone() -> AsyncIterator[tuple[Any, Caller, Bot]]:
    need_browser()
    async with AsyncExitStack() as closing:
        app, bot = await closing.enter_async_context(with_bot())
        browser = await closing.enter_async_context(chromium())
        page = await browser.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
        troubles: list[str] = []

        def note(error: Any) -> None:
            troubles.append(str(error))

        page.on("pageerror", note)
        await app.card("li", buttons())
        await page.goto(app.wecom.url)
        yield page, app, bot
        assert troubles == []


async def test_a_card_is_tapped_and_grey_then(phone: tuple[Any, Caller, Bot]) -> None:
    page, app, bot = phone
    bot.answer = lambda _: bot.sealed(GREY)
    await page.get_by_role("button", name="一切正常").click()
    await page.get_by_role("button", name="已记下").wait_for()
    assert await page.get_by_role("button", name="已记下").is_disabled()
    assert bot.field("EventKey") == "well"
    assert [one.kind for one in app.wecom.record.lines("li")] == ["template_card", "card_update"]


async def test_what_is_written_is_answered_and_an_answer_that_is_none_is_told(phone: tuple[Any, Caller, Bot]) -> None:
    page, _, bot = phone
    bot.says("<b>好</b>。")
    await page.get_by_role("textbox").fill("到了")
    await page.get_by_role("textbox").press("Enter")
    await page.get_by_text("<b>好</b>。").wait_for()
    assert bot.field("Content") == "到了"
    bot.answer = lambda _: bot.sealed([("MsgType", "text")])
    await page.get_by_role("textbox").fill("1")
    await page.get_by_role("button", name="发送").click()
    await page.get_by_text("应答未显示").wait_for()


async def test_another_member_is_chosen_and_her_groups_are_read(phone: tuple[Any, Caller, Bot]) -> None:
    page, app, _ = phone
    group = {"name": "张家支部", "userlist": ["li", "wang"], "chatid": "b1"}
    await app.post("appchat/create", group)
    await app.post("appchat/send", {"chatid": "b1", "msgtype": "text", "text": {"content": "欢迎。"}})
    await page.get_by_role("button", name="王芳").click()
    await page.get_by_role("tab", name="张家支部").click()
    await page.get_by_text("欢迎。").wait_for()
    assert await page.get_by_role("textbox").is_hidden()


async def test_the_page_is_fit_for_a_narrow_phone(phone: tuple[Any, Caller, Bot]) -> None:
    page, app, _ = phone
    await app.text("li", "很长" * 300 + "x" * 400)
    await page.get_by_text("很长").wait_for()
    assert not await page.evaluate(TOO_WIDE)
    for broken in (FAINT_TEXT, SMALL_TARGETS, NAMELESS):
        assert await page.evaluate(broken) == []
