"""The official library seals what our door opens, and opens what our door and the simulator seal."""

import re
from typing import Any

import pytest

from bot.channels.wecom_door import Door, NotOurs
from tests.interop.peer import HERE, ask, need_peer
from tests.simulators.wecom import crypto

TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
TIMESTAMP, NONCE = "1772413200", "1372623149"
DOOR = Door(TOKEN, KEY, CORP)
TEXTS = ["x" * n for n in range(70)] + ["y" * 1000, "z" * 20_000, "收到，一切正常。" * 40, "😀 <&> “引号”"]


@pytest.fixture(autouse=True)
def peer() -> None:
    need_peer()


def signed(sealed: list[str]) -> list[Any]:
    return ask(
        [{"deed": "sign", "token": TOKEN, "timestamp": TIMESTAMP, "nonce": NONCE, "sealed": one} for one in sealed]
    )


def from_peer(texts: list[str], corp: str = CORP) -> list[tuple[dict[str, str], bytes]]:
    """As the platform would post them, by the official library's hands."""
    sealed = ask([{"deed": "seal", "key": KEY, "message": xml(one), "id": corp} for one in texts])
    posts: list[tuple[dict[str, str], bytes]] = []
    for one, signature in zip(sealed, signed(sealed), strict=True):
        query = {"msg_signature": signature, "timestamp": TIMESTAMP, "nonce": NONCE}
        posts.append((query, f"<xml><Encrypt><![CDATA[{one}]]></Encrypt></xml>".encode()))
    return posts


def xml(text: str) -> str:
    return f"<xml><Content><![CDATA[{text}]]></Content></xml>"


def opened_by_peer(sealed: list[str]) -> list[Any]:
    return ask([{"deed": "open", "key": KEY, "sealed": one} for one in sealed])


def test_the_door_opens_what_the_official_library_has_sealed_and_signed() -> None:
    for text, (query, body) in zip(TEXTS, from_peer(TEXTS), strict=True):
        assert DOOR.open(query, body) == {"Content": text}


def test_the_official_library_opens_what_the_door_answers_and_finds_the_same_signature() -> None:
    envelopes = [DOOR.seal(xml(one), TIMESTAMP, NONCE, b"0123456789abcdef") for one in TEXTS]
    sealed = [re.findall(r"<Encrypt><!\[CDATA\[(.+?)\]\]>", one)[0] for one in envelopes]
    claimed = [re.findall(r"<MsgSignature><!\[CDATA\[(.+?)\]\]>", one)[0] for one in envelopes]
    assert opened_by_peer(sealed) == [{"message": xml(one), "id": CORP} for one in TEXTS]
    assert signed(sealed) == claimed


def test_the_address_is_verified_with_an_echo_of_the_official_library() -> None:
    (echo,) = ask([{"deed": "seal", "key": KEY, "message": "1616140317555161061", "id": CORP}])
    query = {"msg_signature": signed([echo])[0], "timestamp": TIMESTAMP, "nonce": NONCE, "echostr": echo}
    assert DOOR.echo(query) == b"1616140317555161061"


def test_what_the_official_library_seals_for_another_corporation_is_refused() -> None:
    ((query, body),) = from_peer(["1"], "wx0000000000000000")
    with pytest.raises(NotOurs, match="corporation"):
        DOOR.open(query, body)


def test_the_simulator_and_the_official_library_understand_each_other() -> None:
    sealed = [crypto.seal(KEY, one, CORP) for one in TEXTS]
    assert opened_by_peer(sealed) == [{"message": one, "id": CORP} for one in TEXTS]
    assert signed(sealed) == [crypto.signature(TOKEN, TIMESTAMP, NONCE, one) for one in sealed]
    theirs = ask([{"deed": "seal", "key": KEY, "message": one, "id": CORP} for one in TEXTS])
    assert [crypto.unseal(KEY, one, CORP) for one in theirs] == TEXTS


def test_the_lock_names_no_registry() -> None:
    text = (HERE / "package-lock.json").read_text("utf-8")
    assert '"integrity": "sha512-' in text
    assert "http" not in text
