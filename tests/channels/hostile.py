"""Requests that nobody at WeCom would send, and some that somebody might: by a seed, each with what it may come to."""

import base64
import gzip
import random  # noqa: TID251 - seeded: the same requests each time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

from tests.simulators.wecom.corp import DEMO_CORP, DEMO_KEY, DEMO_TOKEN
from tests.simulators.wecom.crypto import seal, signature
from tests.simulators.wecom.xml import Field, written

AT = "1772444400"
ODD_XML = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><A>&b;</A></xml>',
    '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><A>1</A></xml>',
    "<xml><MsgType>text</MsgType><MsgType>event</MsgType></xml>",
    "<xml>" + "<a>" * 900 + "</a>" * 900 + "</xml>",
    "<xml><A b='1'>1</A></xml>",
    "<xml><A>1</A>",
    "<xml/>",
    "not xml",
    "",
    "<xml><Content><![CDATA[]]]]><![CDATA[></Content>",
    "<?x <![CDATA[ ?><!DOCTYPE x><xml><A>1</A></xml><?y ]]> ?>",
)
KINDS = ("text", "image", "voice", "event", "", "未知", "link", "template_card_event")
EVENTS = ("enter_agent", "click", "view", "subscribe", "template_card_event", "LOCATION", "batch_job_result", "x" * 300)
LETTERS = "1a思？!<>&]'\"\x0b\u202e\U0001f600 \n|0求助静默认领"


@dataclass(frozen=True, slots=True)
class Hostile:
    """`ours`: it is signed and sealed for us, so it is answered; else it is refused."""

    method: str
    target: str
    body: bytes
    headers: str = ""
    ours: bool = False

    def wire(self) -> bytes:
        head = f"{self.method} {self.target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self.headers}"
        return f"{head}Content-Length: {len(self.body)}\r\n\r\n".encode() + self.body


def envelope(sealed: str) -> bytes:
    return written([("ToUserName", DEMO_CORP), ("AgentID", "1000002"), ("Encrypt", sealed)]).encode()


def target(sealed: str, path: str = "/callback/wecom", **changes: str) -> str:
    query = {"msg_signature": signature(DEMO_TOKEN, AT, "77", sealed), "timestamp": AT, "nonce": "77"} | changes
    return f"{path}?{urllib.parse.urlencode(query)}"


def signed(inner: str, corp: str = DEMO_CORP, *, ours: bool = False) -> Hostile:
    sealed = seal(DEMO_KEY, inner, corp)
    return Hostile("POST", target(sealed), envelope(sealed), ours=ours)


def message(chance: random.Random, user: str, number: int) -> str:
    """A message in every form, well or badly filled."""
    kind = chance.choice(KINDS)
    fields: list[Field] = [("ToUserName", DEMO_CORP), ("FromUserName", user), ("CreateTime", AT), ("MsgType", kind)]
    if kind == "event":
        fields += [("Event", chance.choice(EVENTS)), ("EventKey", _words(chance, 20))]
    else:
        fields += [("Content", _words(chance, 200)), ("MsgId", str(number))]
    return written([*fields, ("AgentID", "1000002")])


def _words(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(most)))


def _flipped(chance: random.Random) -> Hostile:
    """A sealed message with a letter changed, signed again: garbage behind a good signature."""
    good = seal(DEMO_KEY, "<xml><MsgType>text</MsgType></xml>", DEMO_CORP)
    text = good
    while base64.b64decode(text) == base64.b64decode(good):
        place = chance.randrange(24, len(good) - 4)
        text = good[:place] + chance.choice("ABCDabcd0123+/") + good[place + 1 :]
    return Hostile("POST", target(text), envelope(text))


def _query(chance: random.Random) -> Hostile:
    sealed = seal(DEMO_KEY, "<xml><MsgType>text</MsgType></xml>", DEMO_CORP)
    name = chance.choice(("msg_signature", "timestamp", "nonce"))
    value = chance.choice(("", "0" * 40, "é", "1" * 200, "-1", "' OR 1=1", "\r\n", "١٧٧٢٤٤٤٤٠٠"))
    return Hostile("POST", target(sealed, **{name: value}), envelope(sealed))


def _other(chance: random.Random) -> Hostile:
    body = bytes(chance.randrange(256) for _ in range(chance.randrange(400)))
    sealed = seal(DEMO_KEY, "<xml><MsgType>text</MsgType></xml>", DEMO_CORP)
    return chance.choice(
        (
            Hostile("POST", target(sealed), body),
            Hostile("POST", "/callback/wecom", body),
            Hostile("POST", target(sealed, "/callback/none"), envelope(sealed)),
            Hostile("PUT", target(sealed), envelope(sealed)),
            Hostile("GET", target(sealed, echostr=sealed[:-9]), b""),
            Hostile("GET", "/callback/wecom?echostr=" + "A" * 200, b""),
            Hostile("POST", target(sealed), gzip.compress(envelope(sealed)), "Content-Encoding: gzip\r\n"),
            Hostile("POST", target(sealed), envelope(sealed) * 2),
        )
    )


def hostile(seed: int, count: int, users: tuple[str, ...]) -> Iterator[Hostile]:
    """`count` requests; one in fifty is larger than may be."""
    chance = random.Random(seed)
    for number in range(count):
        turn = number % 10
        if turn < 3:
            yield signed(message(chance, chance.choice(users), 10**12 + chance.randrange(count // 2)), ours=True)
        elif turn == 3:
            yield signed(chance.choice(ODD_XML))
        elif turn == 4:
            yield signed(message(chance, "LiMing", number), chance.choice(("", "wwffffffffffffffff", DEMO_CORP + "0")))
        elif turn < 7:
            yield _flipped(chance)
        elif turn == 7:
            yield _query(chance)
        elif number % 50 == 8:
            yield Hostile("POST", "/callback/wecom", b"<xml>" * 14_000)
        else:
            yield _other(chance)
