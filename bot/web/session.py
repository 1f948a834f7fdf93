"""Who may open which phone: a signed link once, a cookie afterwards, or, in the demo, sitting at this machine."""

import hmac
import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import quote, unquote

from aiohttp import web

from bot import clock
from bot.web.desk import Desk, Phone
from bot.web.pages import Refused, path_of, speak_to

PHONE = "phone"
CHAT_COOKIE = "phone"
LIST_COOKIE = "phone_list"
DAY_SECONDS = 86_400
COOKIE = re.compile(rf"(?:^|;\s*){CHAT_COOKIE}=\"?([0-9a-f.]{{1,300}})\"?(?=;|$)")
KEY = re.compile(r"([0-9]{1,12})\.([0-9a-f]{16,256})")
THIS_MACHINE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


class Signer(Protocol):
    """Whatever holds the key that links are signed with."""

    def sign(self, text: str) -> str: ...


def link(signer: Signer, member: str, days: int) -> str:
    """Path and key of a member's page, good for `days` from now by real time."""
    return f"{path_of(member)}?key={key_for(signer, member, days * DAY_SECONDS)}"


def key_for(signer: Signer, member: str, seconds: int, door: str = PHONE) -> str:
    """What opens one door of hers, and no other, for so many seconds from now."""
    expiry = int(clock.real().timestamp()) + seconds
    return f"{expiry}.{signer.sign(_claim(door, member, str(expiry)))}"


def seconds_left(desk: Desk, member: str, key: str, door: str = PHONE) -> int:
    """How long a key still opens this door of the member's; 0: it does not, or not any more."""
    found = KEY.fullmatch(key)
    if found is None:
        return 0
    expiry, signature = found.groups()
    right = desk.sign(_claim(door, member, expiry))
    left = int(expiry) - int(clock.real().timestamp())
    return max(left, 0) if hmac.compare_digest(right.encode(), signature.encode()) else 0


def sign_in(desk: Desk, request: web.Request, member: str) -> web.Response:
    """Turn the key of a link into cookies and go on to the clean address, so that the key stays in no history."""
    key = request.query["key"]
    left = seconds_left(desk, member, key)
    if not left:
        raise Refused(403, "web_link_over")
    answer = web.Response(status=303, headers={"Location": path_of(member)})
    safe = request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"
    # Two cookies, because the one that opens the phone is kept from every other address, the list included.
    for name, value, path in (
        (CHAT_COOKIE, key, path_of(member)),
        (LIST_COOKIE, f"{key}.{quote(member, safe='')}", "/phone"),
    ):
        answer.set_cookie(name, value, max_age=left, path=path, httponly=True, samesite="Lax", secure=safe)
    return answer


def admitted(desk: Desk, request: web.Request) -> str:
    """Whose phone a request asks for, if whoever asks may have it; strangers do not learn which phones exist."""
    member = request.match_info["member"]
    if desk.open_phones:
        only_here(request)
    elif not seconds_left(desk, member, _cookie(request)):
        raise Refused(403, "web_ask_link")
    if not desk.knows(member):
        raise Refused(404, "web_no_such_member")
    speak_to(request, member)
    return member


async def admitted_phone(desk: Desk, request: web.Request) -> Phone:
    """The phone itself, for the page that shows it."""
    phone = await desk.phone(admitted(desk, request))
    if phone is None:
        raise Refused(404, "web_no_such_member")
    return phone


async def own_phone(desk: Desk, request: web.Request) -> Phone:
    """The phone of whoever signed in on this browser last."""
    expiry, _, rest = request.cookies.get(LIST_COOKIE, "").partition(".")
    signature, _, member = rest.partition(".")
    member = unquote(member)
    phone = await desk.phone(member) if seconds_left(desk, member, f"{expiry}.{signature}") else None
    if phone is None:
        raise Refused(403, "web_ask_link")
    return phone


def _cookie(request: web.Request) -> str:
    """The key of the chat's own cookie; what it may hold is known, so the whole header need not be parsed."""
    found = COOKIE.search(request.headers.get("Cookie", ""))
    return found[1] if found else ""


def only_here(request: web.Request) -> None:
    """Refuse whoever is not sitting at this machine."""
    if not at_this_machine(request.remote, request.headers):
        raise Refused(403, "web_only_here")


def at_this_machine(remote: str | None, headers: Mapping[str, str]) -> bool:
    """A loopback peer that asked for this machine by name (another name: DNS rebinding) and came by no proxy."""
    try:
        address = ip_address(remote or "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    named = THIS_MACHINE.fullmatch(headers.get("Host", "")) is not None
    return address.is_loopback and named and not any(name in headers for name in PROXY_HEADERS)


def same_site(request: web.Request) -> None:
    """Refuse a change that another site's page asked this browser for."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2].lower() != request.headers.get("Host", "").lower():
        raise Refused(403, "web_other_site")


def _claim(door: str, member: str, expiry: str) -> str:
    return f"{door}|{member}|{expiry}"
