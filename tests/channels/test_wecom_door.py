"""What the door of the callback lets in, and all that it does not."""

import base64
import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_door import MOST_BYTES, Door, NotOurs, fields_of

TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
TIMESTAMP, NONCE = "1409659813", "1372623149"
DOOR = Door(TOKEN, KEY, CORP)
CHANCE = b"0" * 16
SEALED_HELLO = "PzGmUgWk50kxC6Ee1E5Yx8SJQ8s0AJVS9bOkCGB0xDlRQdt9S5H2OPBObBFU9jO4yyE0DHXN5y59UdvtqM8awg=="


def signature(sealed: str, *, token: str = TOKEN, timestamp: str = TIMESTAMP, nonce: str = NONCE) -> str:
    return hashlib.sha1("".join(sorted((token, timestamp, nonce, sealed))).encode()).hexdigest()


def query(sealed: str, **changes: str) -> dict[str, str]:
    asked = {"msg_signature": signature(sealed), "timestamp": TIMESTAMP, "nonce": NONCE}
    return asked | changes


def sealed_of(
    message: bytes, *, corp: bytes = CORP.encode(), length: int | None = None, pad: bytes | None = None
) -> str:
    """As the platform seals, or wrongly in one respect."""
    plain = CHANCE + (len(message) if length is None else length).to_bytes(4, "big") + message + corp
    fill = 32 - len(plain) % 32
    cipher: Any = DOOR._cipher  # pyright: ignore[reportPrivateUsage]
    return base64.b64encode(cipher.encrypt(plain + (bytes([fill]) * fill if pad is None else pad))).decode()


def envelope(sealed: str) -> bytes:
    return f"<xml><ToUserName>{CORP}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()


def opened(message: bytes) -> dict[str, Any]:
    sealed = sealed_of(message)
    return DOOR.open(query(sealed), envelope(sealed))


def test_the_official_cipher_text_is_ours_to_the_letter() -> None:
    xml = DOOR.seal("hello", TIMESTAMP, NONCE, CHANCE)
    assert f"<Encrypt><![CDATA[{SEALED_HELLO}]]></Encrypt>" in xml
    assert "<![CDATA[41f8a90a734484bd97023bf37f1aeaef5537224c]]></MsgSignature>" in xml
    assert DOOR.echo({**query(SEALED_HELLO), "echostr": SEALED_HELLO}) == b"hello"


@given(st.text(max_size=200))
def test_what_is_sealed_is_opened_whatever_its_length(text: str) -> None:
    xml = DOOR.seal(text, TIMESTAMP, NONCE, CHANCE)
    sealed = re.findall(r"Encrypt><!\[CDATA\[(.+?)\]\]", xml)[0]
    assert DOOR.echo({**query(sealed), "echostr": sealed}) == text.encode()


def test_a_plus_sign_that_came_as_a_space_is_a_plus_sign() -> None:
    sealed = next(one for one in (sealed_of(bytes([n])) for n in range(256)) if "+" in one)
    assert DOOR.echo({**query(sealed), "echostr": sealed.replace("+", " ")})


def test_the_fields_of_a_message_are_given_as_they_were_written() -> None:
    fields = opened(b"<xml><Content><![CDATA[  1 \n]]></Content><MsgId>4561255354251345929</MsgId><Empty/></xml>")
    assert fields == {"Content": "  1 \n", "MsgId": "4561255354251345929", "Empty": ""}


@pytest.mark.parametrize("text", ["<!", "<!DOCTYPE x>", "<?", "<!-- <?php", "<" * 5000, "]]", "<![CDATA["])
def test_a_member_may_write_what_looks_like_markup(text: str) -> None:
    assert fields_of(f"<xml><Content><![CDATA[{text}]]></Content></xml>".encode()) == {"Content": text}


def test_the_head_of_an_xml_file_is_no_declaration_of_anything() -> None:
    assert fields_of(b'<?xml version="1.0" encoding="UTF-8"?><xml><A>1</A></xml>') == {"A": "1"}


SELECTED = "<xml><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey></SelectedItem></SelectedItems></xml>"


def test_what_is_nested_by_its_nature_may_be() -> None:
    assert opened(SELECTED.encode())["SelectedItems"] == [["SelectedItem", [["QuestionKey", "q"]]]]


GOOD = sealed_of(b"<xml><A>1</A></xml>")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("msg_signature", ""),
        ("msg_signature", "0" * 40),
        ("msg_signature", signature(GOOD).upper()),
        ("msg_signature", "é" * 40),
        ("timestamp", ""),
        ("timestamp", "140965981"),
        ("timestamp", "١" * 10),
        ("nonce", ""),
        ("nonce", "1" * 33),
        ("nonce", "]]>"),
    ],
)
def test_a_query_in_another_form_is_refused(name: str, value: str) -> None:
    with pytest.raises(NotOurs):
        DOOR.open(query(GOOD, **{name: value}), envelope(GOOD))


@pytest.mark.parametrize("moved", range(64, 129, 64))
def test_cipher_text_moved_into_the_nonce_is_refused(moved: int) -> None:
    sealed = sealed_of(b"<xml><A>" + b"1" * 200 + b"</A></xml>")
    nonce, rest = NONCE + sealed[:moved], sealed[moved:]
    asked = query(rest, nonce=nonce, msg_signature=signature(rest, nonce=nonce))
    with pytest.raises(NotOurs, match="nonce"):
        DOOR.open(asked, envelope(rest))


@pytest.mark.parametrize(
    ("sealed", "why"),
    [
        (sealed_of(b"<xml><A>1</A></xml>", corp=b"wx0000000000000000"), "corporation"),
        (sealed_of(b"<xml><A>1</A></xml>", corp=b""), "corporation"),
        (sealed_of(b"<xml><A>1</A></xml>", length=5), "corporation"),
        (sealed_of(b"<xml><A>1</A></xml>", length=2**31), "length"),
        (sealed_of(b"x" * 26, pad=bytes(32 - 64 % 32)), "padding"),
        (sealed_of(b"x" * 20, pad=b"\x01\x02\x03\x04\x05\x06"), "padding"),
        (GOOD[:-8], "length|base64"),
        (GOOD[:44], "length|base64"),
        (sealed_of(b"not xml"), "xml"),
        (sealed_of(b"\xff\xfe<xml/>"), "xml"),
        (sealed_of(b""), "xml"),
    ],
)
def test_what_is_signed_and_still_not_whole_is_refused(sealed: str, why: str) -> None:
    with pytest.raises(NotOurs, match=why):
        DOOR.open(query(sealed), envelope(sealed))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xml><A>&b;</A></xml>'


@pytest.mark.parametrize(
    "message",
    [
        BOMB,
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x"><xml><A>1</A></xml>',
        "<xml><A>1</A><A>2</A></xml>",
        "<?x <![CDATA[ ?><!DOCTYPE x><xml><A>1</A></xml><?y ]]> ?>",
        "<xml><A><![CDATA[" * 3000,
        "<!-- <![CDATA[ --><!DOCTYPE x><xml><A>1</A></xml><!-- ]]> -->",
        "<?xml version='1.0' <![CDATA[ ?><!DOCTYPE x><xml><A>1</A></xml><?y ]]> ?>",
        "<xml><A b='1'>1</A></xml>",
        "<xml><A><B>1</B></A></xml>",
        "<xml a='1'><A>1</A></xml>",
        "<html><A>1</A></html>",
        "<xml>text</xml>",
        "<xml/>",
        "<xml><A>1</A>",
        "<xml>" + "<a>" * 3000 + "</a>" * 3000 + "</xml>",
    ],
)
def test_odd_xml_is_refused(message: str) -> None:
    with pytest.raises(NotOurs):
        fields_of(message.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml></xml>",
        b"<xml><Encrypt></Encrypt></xml>",
        envelope(GOOD) * 2,
        envelope(GOOD).replace(b"<Encrypt>", b"<Encrypt><Encrypt>"),
        envelope("!" * 100),
        b"<a/>" * 20_000,
        b"\0" * 100,
    ],
)
def test_an_envelope_in_another_form_is_refused(body: bytes) -> None:
    with pytest.raises(NotOurs):
        DOOR.open(query(GOOD), body)


def test_a_body_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(NotOurs, match="too large"):
        DOOR.open(query(GOOD), envelope(GOOD) + b" " * MOST_BYTES)


@pytest.mark.parametrize(("token", "key"), [("", KEY), ("ab cd", KEY), (TOKEN, KEY[:-1]), (TOKEN, "?" * 43)])
def test_what_no_console_would_give_is_refused_at_start(token: str, key: str) -> None:
    with pytest.raises(ValueError):
        Door(token, key, CORP)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_do_anything_but_be_refused(noise: bytes) -> None:
    for attempt in (lambda: DOOR.open(query(GOOD), noise), lambda: fields_of(noise)):
        with pytest.raises(NotOurs):
            attempt()
