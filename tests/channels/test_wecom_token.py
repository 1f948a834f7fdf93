"""One token for all: fetched once, renewed before it ends, never asked for in a hurry."""

import asyncio

from bot.channels.wecom_token import EARLY, FLOOR, Fetched, Token


class Office:
    """Gives tokens by a list; counts how often it is asked."""

    def __init__(self, *outcomes: Fetched) -> None:
        self.outcomes, self.asked, self.now = list(outcomes), 0, 1000.0

    async def fetch(self) -> Fetched:
        self.asked += 1
        await asyncio.sleep(0)
        return self.outcomes.pop(0)

    def token(self) -> Token:
        return Token(self.fetch, lambda: self.now)


A, B = Fetched("a", 7200.0), Fetched("b", 7200.0)


async def test_many_who_need_it_at_once_fetch_it_once() -> None:
    office = Office(A)
    token = office.token()
    found = await asyncio.gather(*(token.get() for _ in range(50)))
    assert ({one.token for one in found}, office.asked) == ({"a"}, 1)


async def test_it_is_renewed_before_it_ends() -> None:
    office = Office(A, B)
    token = office.token()
    await token.get()
    office.now += 7200 - EARLY - 1
    assert (await token.get()).token == "a"
    office.now += 2
    assert (await token.get()).token == "b"


async def test_one_that_is_given_again_shortly_before_its_end_is_used_until_then() -> None:
    """Within its time the platform gives the same token again, with what is left of it."""
    office = Office(Fetched("a", 60.0), B)
    token = office.token()
    found = [(await token.get()).token for _ in range(3)]
    office.now += FLOOR + 1
    assert (found, (await token.get()).token, office.asked) == (["a"] * 3, "b", 2)


async def test_a_refused_one_is_not_given_again_and_the_floor_is_kept() -> None:
    office = Office(A, B)
    token = office.token()
    await token.get()
    assert (await token.get(refused="a")).token == ""
    office.now += FLOOR
    assert (await token.get(refused="a")).token == "b"
    assert office.asked == 2


async def test_who_asks_with_the_old_one_refused_gets_the_new_one_without_asking() -> None:
    office = Office(A, B)
    token = office.token()
    await token.get()
    office.now += FLOOR
    await asyncio.gather(*(token.get(refused="a") for _ in range(20)))
    assert office.asked == 2


async def test_where_no_new_one_is_to_be_had_the_old_one_serves_to_its_end() -> None:
    office = Office(A, Fetched(code=-1), Fetched(code=40001))
    token = office.token()
    await token.get()
    office.now += 7200 - EARLY
    assert (await token.get()).token == "a"
    office.now += EARLY
    assert await token.get() == Fetched(code=40001)


async def test_a_wrong_secret_is_asked_about_twice_a_minute_at_the_most() -> None:
    office = Office(*[Fetched(code=40001)] * 10)
    token = office.token()
    for _ in range(120):
        assert (await token.get()).code == 40001
        office.now += 0.5
    assert office.asked == 2
