"""The pages as people meet them: in a real browser, on a small phone, in the dark, by keyboard, on a bad line."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer

from bot.web.desk import Desk
from bot.web.server import build
from tests.web.browsing import FAINT_TEXT, NAMELESS, SMALL_TARGETS, chromium, need_browser
from tests.web.fakes import FakeDemo, FakeDesk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


class Window:
    """Opens pages of a desk, and remembers what went wrong in them."""

    def __init__(self, browser: Any) -> None:
        self.browser, self.troubles, self.closing = browser, list[str](), AsyncExitStack()

    async def open(self, desk: Desk, path: str, size: dict[str, int] = PHONE, **options: Any) -> Any:
        server = await self.closing.enter_async_context(TestServer(build(desk)))
        page = await self.browser.new_page(viewport=size, locale="zh-CN", **options)
        self.closing.push_async_callback(page.close)
        page.on("pageerror", self.note)
        page.on("dialog", self.note)
        page.on("console", self.note_policy)
        await page.goto(str(server.make_url(path)))
        return page

    def note(self, event: Any) -> None:
        self.troubles.append(str(event))

    def note_policy(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.note(message.text)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    need_browser()
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def window(browser: Any) -> AsyncIterator[Window]:
    window = Window(browser)
    async with window.closing:
        yield window
    assert window.troubles == []


def bubbles(page: Any, who: str) -> Any:
    return page.locator(f".line.{who} .text")


async def test_what_is_sent_is_answered_without_a_reload(window: Window) -> None:
    page = await window.open(FakeDesk(), "/phone/chen")
    await page.fill("#text", "思想稳 节点紧")
    await page.click(".send")
    await page.get_by_text("记下了：思想稳 节点紧").wait_for()
    assert await bubbles(page, "me").all_inner_texts() == ["思想稳 节点紧"]
    assert await page.input_value("#text") == ""


async def test_what_the_bot_says_arrives_by_itself(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/phone/chen")
    await desk.waiting.wait()
    await desk.tell("chen", "这两天怎么样？\n1 一切正常")
    await page.get_by_text("这两天怎么样？").wait_for()
    assert await bubbles(page, "bot").all_inner_texts() == ["这两天怎么样？\n1 一切正常"]
    assert await page.locator("time").all_inner_texts() == ["17:00"], "the unit's hour, not the browser's"


async def test_a_quick_reply_is_one_tap(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/phone/chen")
    await page.get_by_role("button", name="1 一切正常").click()
    await page.get_by_text("记下了：1").wait_for()
    assert [text for _, text, _ in desk.heard] == ["1"]


async def test_keys_alone_are_enough(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/phone/chen")
    await page.focus(".scroll")
    for _ in range(4):
        await page.keyboard.press("Tab")
    await page.keyboard.type("第一行")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("第二行")
    await page.keyboard.press("Enter")
    await page.get_by_text("记下了：第一行").wait_for()
    assert [text for _, text, _ in desk.heard] == ["第一行\n第二行"]


async def test_the_enter_that_chooses_a_word_does_not_send(window: Window) -> None:
    page = await window.open(FakeDesk(), "/phone/chen")
    await page.fill("#text", "yiqie")
    fields = "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}"
    await page.evaluate(f"document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown', {fields}))")
    assert await page.input_value("#text") == "yiqie"


async def test_html_stays_text_and_only_web_addresses_become_links(window: Window) -> None:
    desk = FakeDesk()
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) https://example.org/a?b=1。"
    page = await window.open(desk, "/phone/chen")
    await page.fill("#text", nasty)
    await page.keyboard.press("Enter")
    await page.get_by_text("记下了：").wait_for()
    assert await bubbles(page, "me").inner_text() == nasty
    links = await page.locator(".text a").evaluate_all("all => all.map(each => [each.href, each.rel])")
    assert links == [["https://example.org/a?b=1", "noopener noreferrer nofollow"]] * 2


async def test_what_could_not_be_sent_is_kept_and_sent_again_under_the_same_key(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/phone/chen")
    desk.breaks = OSError()
    await page.fill("#text", "第一次")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="重发").wait_for()
    assert await bubbles(page, "me").all_inner_texts() == ["第一次"]
    desk.breaks = None
    await page.get_by_role("button", name="重发").click()
    await page.get_by_text("记下了：第一次").wait_for()
    assert await bubbles(page, "me").all_inner_texts() == ["第一次"]
    assert len({key for _, _, key in desk.heard}) == 1


async def test_what_was_refused_leaves_the_page_but_can_be_reworded(window: Window) -> None:
    page = await window.open(FakeDesk(), "/phone/chen")
    await page.fill("#text", "案号某某")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="拿回来改").wait_for()
    assert "某某" not in await page.content()
    order = await page.locator(".line .text").all_inner_texts()
    assert order == ["这条没有保存", "这句话像是案件信息，没有保存。请换个说法，只说自己的情况。"]
    await page.get_by_role("button", name="拿回来改").click()
    assert await page.input_value("#text") == "案号某某"


async def test_a_lost_line_is_said_and_found_again(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/phone/chen")
    await desk.waiting.wait()
    await page.context.set_offline(True)
    await page.get_by_text("连接断了").wait_for()
    await desk.tell("chen", "回来了吗")
    await page.context.set_offline(False)
    await page.get_by_text("回来了吗").wait_for()
    await page.get_by_text("连接断了").wait_for(state="detached")


async def test_long_chats_open_at_the_end_and_say_when_there_is_more(window: Window) -> None:
    desk = FakeDesk()
    for number in range(60):
        await desk.tell("chen", f"第{number}句")
    page = await window.open(desk, "/phone/chen")
    await page.get_by_text("第59句").wait_for()
    assert await page.get_by_text("第59句").evaluate("each => each.getBoundingClientRect().bottom < innerHeight")
    await page.locator("#scroll").evaluate("each => { each.scrollTop = 0 }")
    await desk.tell("chen", "新的一句")
    await page.get_by_role("button", name="有新消息").click()
    assert await page.get_by_text("新的一句").evaluate("each => each.getBoundingClientRect().bottom < innerHeight")


async def filled() -> FakeDesk:
    desk = FakeDesk()
    await desk.hear("chen", "https://example.org/" + "a" * 300 + " " + "长" * 300, "k")
    await desk.hear("chen", "案号", "k2")
    return desk


@pytest.mark.parametrize("path", ["/phone", "/phone/chen", "/demo", "/demo?lang=en", "/phone/nobody", "/phone/wu"])
async def test_a_small_phone_needs_no_sideways_scrolling(window: Window, path: str) -> None:
    page = await window.open(await filled(), path)
    await page.wait_for_load_state("load")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate(SMALL_TARGETS) == []
    assert await page.evaluate(NAMELESS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/phone", "/phone/chen", "/demo", "/phone/nobody"])
async def test_text_stands_out_by_day_and_by_night(window: Window, path: str, scheme: str) -> None:
    page = await window.open(await filled(), path, DESK, color_scheme=scheme)
    if path == "/phone/chen":
        await page.get_by_text("没有保存").wait_for()
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(244, 243, 239)", "dark": "rgb(19, 23, 22)"}[scheme]
    assert await page.evaluate(FAINT_TEXT) == []


async def test_the_demos_buttons_move_the_clock_and_wait_their_turn(window: Window) -> None:
    desk = FakeDesk()
    assert isinstance(desk.demo, FakeDemo)
    page = await window.open(desk, "/demo", DESK)
    await page.get_by_text("17:00").first.wait_for()
    assert "2026年3月2日星期一" in await page.inner_text(".day")
    desk.demo.ready.clear()
    button = page.get_by_role("button", name="+1 小时")
    await button.click()
    await page.get_by_text("正在拨动").wait_for()
    assert await page.locator("[data-move]:disabled").count() == 4
    desk.demo.ready.set()
    await page.get_by_text("18:00").first.wait_for()
    assert await button.evaluate("each => !each.disabled && each === document.activeElement")


async def test_the_demo_lets_the_clock_run_and_stops_it(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/demo", DESK)
    await page.get_by_role("button", name="让它走").click()
    await page.get_by_role("button", name="停住").click()
    await page.get_by_role("button", name="让它走").wait_for()
    assert isinstance(desk.demo, FakeDemo)
    assert desk.demo.moves == ["run", "stop"]


async def test_the_demo_shows_members_and_liaison_side_by_side(window: Window) -> None:
    desk = FakeDesk()
    page = await window.open(desk, "/demo", DESK)
    left, right = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=2")
    await left.locator("#text").fill("困难：孩子没人接")
    await left.locator(".send").click()
    await left.get_by_text("记下了：困难").wait_for()
    await desk.tell("zhou", "陈晓有困难")
    await right.get_by_text("陈晓有困难").wait_for()
    await page.locator("select").nth(1).select_option("/phone/wu")
    await page.frame_locator("iframe >> nth=1").get_by_role("heading", name="吴彤").wait_for()


async def test_on_a_phone_the_demos_phones_are_tabs(window: Window) -> None:
    page = await window.open(FakeDesk(), "/demo")
    assert await page.locator(".panel:visible").count() == 1
    await page.get_by_role("button", name="周宁").click()
    assert await page.locator("iframe:visible").get_attribute("title") == "周宁"
    await page.get_by_role("button", name="试一试").click()
    assert await page.get_by_role("heading", name="试一试").is_visible()
