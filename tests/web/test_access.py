"""Who may open which phone."""

from http.cookies import SimpleCookie

import pytest

from bot import clock
from bot.web.session import at_this_machine, link, seconds_left
from tests.web.conftest import Open
from tests.web.fakes import FakeDesk

LOCAL = {"Host": "localhost:8080"}


def closed_desk() -> FakeDesk:
    return FakeDesk(open_phones=False, demo=False)


@pytest.mark.parametrize(
    ("remote", "headers", "here"),
    [
        ("127.0.0.1", LOCAL, True),
        ("127.0.0.1", {"Host": "127.0.0.1"}, True),
        ("127.8.0.1", {"Host": "LOCALHOST:1"}, True),
        ("::1", {"Host": "[::1]:8080"}, True),
        ("::ffff:127.0.0.1", LOCAL, True),
        ("192.0.2.7", LOCAL, False),
        ("::ffff:192.0.2.7", LOCAL, False),
        (None, LOCAL, False),
        ("", LOCAL, False),
        ("127.0.0.1", {}, False),
        ("127.0.0.1", {"Host": "evil.example"}, False),
        ("127.0.0.1", {"Host": "localhost.evil.example"}, False),
        ("127.0.0.1", {"Host": "localhost:8080@evil.example"}, False),
        ("127.0.0.1", {**LOCAL, "X-Forwarded-For": "192.0.2.7"}, False),
        ("127.0.0.1", {**LOCAL, "Forwarded": "for=192.0.2.7"}, False),
    ],
)
def test_open_phones_open_only_at_this_machine(remote: str | None, headers: dict[str, str], here: bool) -> None:
    assert at_this_machine(remote, headers) is here


@pytest.mark.parametrize("path", ["/phone", "/phone/chen", "/phone/chen/messages", "/demo", "/demo/state"])
async def test_another_host_name_is_refused_in_the_demo(browse: Open, path: str) -> None:
    client = await browse(FakeDesk())
    assert (await client.get(path)).status == 200
    assert (await client.get(path, headers={"Host": "evil.example"})).status == 403


@pytest.mark.parametrize("path", ["/phone", "/phone/chen", "/phone/nobody", "/phone/chen/messages"])
async def test_without_a_link_no_phone_opens_and_none_is_betrayed(browse: Open, path: str) -> None:
    response = await (await browse(closed_desk())).get(path)
    assert response.status == 403
    assert "lianxin phone-link" in await response.text()


async def test_a_link_opens_its_own_phone_and_leaves_a_clean_address(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    response = await client.get(link(desk, "chen", 30))
    assert response.status == 200
    assert response.url.path == "/phone/chen"
    assert not response.url.query
    assert (await client.get("/phone/chen/messages")).status == 200
    assert (await client.get("/phone/li")).status == 403
    assert (await client.get("/phone/li/messages")).status == 403


async def test_the_list_shows_whoever_signed_in_only_herself(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    await client.get(link(desk, "chen", 30))
    text = await (await client.get("/phone")).text()
    assert "陈晓" in text
    assert "李想" not in text


async def test_the_cookie_is_kept_from_scripts_and_other_sites(browse: Open) -> None:
    desk = closed_desk()
    response = await (await browse(desk)).get(link(desk, "chen", 2), allow_redirects=False)
    cookie = SimpleCookie("\r\n".join(response.headers.getall("Set-Cookie")))["phone"]
    assert (response.status, response.headers["Location"]) == (303, "/phone/chen")
    assert (cookie["path"], cookie["samesite"]) == ("/phone/chen", "Lax")
    assert (cookie["httponly"], cookie["secure"]) == (True, "")
    assert 0 < int(cookie["max-age"]) <= 2 * 86_400


async def test_the_cookie_is_secure_when_the_link_came_by_https(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    response = await client.get(link(desk, "chen", 2), headers={"X-Forwarded-Proto": "https"}, allow_redirects=False)
    assert all("Secure" in cookie for cookie in response.headers.getall("Set-Cookie"))


def wrong_keys() -> list[str]:
    """Named by their place: a signature of now as a name would differ between the processes of one run."""
    desk, later = closed_desk(), int(clock.real().timestamp()) + 1000
    signature = desk.sign(f"phone|chen|{later}")
    return [
        "",
        "x",
        signature,
        f"{later}.",
        f"{later}.{signature[:-1]}0x",
        f"{later}.{'0' * 64}",
        f"{later + 1}.{signature}",
        f"{later}.{signature}.{signature}",
        f"{later}.{desk.sign(f'phone|li|{later}')}",
        f"１{later}.{signature}",
        f"{later}.{signature}é",
    ]


@pytest.mark.parametrize("key", (keys := wrong_keys()), ids=range(len(keys)))
async def test_a_wrong_key_is_refused(browse: Open, key: str) -> None:
    client = await browse(closed_desk())
    assert (await client.get("/phone/chen", params={"key": key}, allow_redirects=False)).status == 403
    response = await client.get("/phone/chen/messages", headers={"Cookie": f"phone={key.encode().decode('latin-1')}"})
    assert response.status == 403


async def test_a_link_is_over_when_its_days_are_over(browse: Open) -> None:
    desk = closed_desk()
    response = await (await browse(desk)).get(link(desk, "chen", -1))
    assert response.status == 403
    assert "过期" in await response.text()


def test_a_key_counts_down_by_real_time() -> None:
    desk = closed_desk()
    key = link(desk, "chen", 1).partition("=")[2]
    assert 86_390 < seconds_left(desk, "chen", key) <= 86_400
    assert seconds_left(desk, "li", key) == 0


async def test_a_member_who_left_finds_no_phone(browse: Open) -> None:
    desk = closed_desk()
    client = await browse(desk)
    await client.get(link(desk, "chen", 30))
    desk.roster = [phone for phone in desk.roster if phone.member != "chen"]
    assert (await client.get("/phone/chen")).status == 404
    assert (await client.get("/phone")).status == 403


async def test_a_name_in_chinese_gets_a_link_that_opens(browse: Open) -> None:
    desk = closed_desk()
    odd = "陈 晓/01"
    desk.roster = [type(desk.roster[0])(odd, "陈晓", "成员", "zh")]
    client = await browse(desk)
    response = await client.get(link(desk, odd, 1), allow_redirects=False)
    cookies = SimpleCookie("\r\n".join(response.headers.getall("Set-Cookie")))
    assert cookies["phone"]["path"] == response.headers["Location"]
    back = {"Cookie": "; ".join(f"{each.key}={each.value}" for each in cookies.values())}
    assert (await client.get(response.headers["Location"], headers=back)).status == 200
    assert (await client.get("/phone", headers=back)).status == 200


@pytest.mark.parametrize("path", ["/phone/chen/messages", "/demo/clock"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", ""])
async def test_another_site_cannot_make_a_browser_write(browse: Open, path: str, origin: str) -> None:
    desk = FakeDesk()
    client = await browse(desk)
    response = await client.post(path, json={"text": "1", "move": "next"}, headers={"Origin": origin})
    assert response.status == 403
    assert desk.heard == []


async def test_the_page_itself_may_write(browse: Open) -> None:
    client = await browse(FakeDesk())
    origin = f"http://127.0.0.1:{client.port}"
    response = await client.post("/phone/chen/messages", json={"text": "1"}, headers={"Origin": origin})
    assert response.status == 200
