"""The demo's page and its buttons."""

import pytest

from bot.web.demo import chosen
from bot.web.desk import Phone
from tests.web.conftest import Open
from tests.web.fakes import PHONES, FakeDemo, FakeDesk


@pytest.mark.parametrize("step", ["next", "hour", "day", "run", "stop"])
async def test_a_button_moves_the_clock_and_shows_where_it_stands(browse: Open, step: str) -> None:
    desk = FakeDesk()
    response = await (await browse(desk)).post("/demo/clock", json={"move": step})
    assert response.status == 200
    assert isinstance(desk.demo, FakeDemo)
    assert desk.demo.moves == [step]
    assert await response.json() == await desk.demo.state()


@pytest.mark.parametrize("body", [{}, {"move": "back"}, {"move": 1}, {"move": None}, {"move": ["next"]}])
async def test_no_other_move_is_made(browse: Open, body: dict[str, object]) -> None:
    desk = FakeDesk()
    response = await (await browse(desk)).post("/demo/clock", json=body)
    assert response.status == 400
    assert isinstance(desk.demo, FakeDemo)
    assert desk.demo.moves == []


@pytest.mark.parametrize(("method", "path"), [("GET", "/demo"), ("GET", "/demo/state"), ("POST", "/demo/clock")])
async def test_without_a_demo_there_is_no_such_page(browse: Open, method: str, path: str) -> None:
    client = await browse(FakeDesk(demo=False))
    assert (await client.request(method, path, json={"move": "next"})).status == 404


async def test_the_page_offers_every_phone_and_shows_three(browse: Open) -> None:
    text = await (await (await browse(FakeDesk())).get("/demo")).text()
    assert text.count("<iframe") == 3
    assert text.count("<option") == 3 * len(PHONES)
    assert '<iframe src="/phone/zhou"' in text


@pytest.mark.parametrize(("query", "word"), [("", "试一试"), ("?lang=en", "What to try"), ("?lang=xx", "试一试")])
async def test_the_page_is_in_the_language_asked_for(browse: Open, query: str, word: str) -> None:
    assert word in await (await (await browse(FakeDesk())).get(f"/demo{query}")).text()


def names(phones: list[Phone]) -> list[str]:
    return [phone.member for phone in phones]


def test_the_liaison_stands_on_the_right_of_two_who_are_away() -> None:
    assert names(chosen(PHONES)) == ["chen", "li", "zhou"]


@pytest.mark.parametrize("many", range(4))
async def test_few_phones_are_shown_as_they_are(browse: Open, many: int) -> None:
    desk = FakeDesk(phones=PHONES[:many])
    text = await (await (await browse(desk)).get("/demo")).text()
    assert text.count("<iframe") == len(chosen(desk.roster)) == min(many, 2 if many == 3 else many)
