"""The door of the WeCom callback: only what WeCom has signed and sealed for this corporation gets in.

Rules: developer.work.weixin.qq.com pages 90238, 90930 (callback), 90968 (encryption); strictness after what wechatpy
1.8 lets through (docs/wecom.md). wechatpy brings the cipher; what it does not check is checked here before and after.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, cast
from xml.etree import ElementTree

from wechatpy.crypto.cryptography import WeChatCipher  # pyright: ignore[reportMissingTypeStubs]

from bot.errors import LianxinError

MOST_BYTES = 64 * 1024
BLOCK = 32
MOST_TAGS = 1000  # a message has some dozens; thousands, one in the other, would be a stack to fall over
_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
_QUERY = {
    "msg_signature": re.compile(r"[0-9a-f]{40}"),
    "timestamp": re.compile(r"[0-9]{10}"),
    "nonce": re.compile(r"[0-9A-Za-z]{1,32}"),
}
_SEALED = r"[A-Za-z0-9+/]{40,87000}={0,2}"
_ECHO = re.compile(_SEALED)
_ENCRYPT = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?(" + _SEALED.encode() + rb")(?:\]\]>)?\s*</Encrypt>")
_ANY_ENCRYPT = re.compile(rb"<\s*Encrypt\b")
_WRITTEN = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)  # a member may write <! and << as she likes
_HEAD = re.compile(r"\A<\?xml [^<>?]*\?>")
_DECLARATION = re.compile(r"<[!?]")  # a section opened inside an instruction could hide one
_NESTED = frozenset({"SelectedItems", "SendLocationInfo", "ScanCodeInfo", "SendPicsInfo", "BatchJob", "ApprovalInfo"})


class NotOurs(LianxinError):
    """Not signed by WeCom for us, or not in the form it has: refused without saying why to whoever sent it."""

    def __init__(self, why: str) -> None:
        super().__init__("wecom.not_ours", why=why)
        self.why = why


class Door:
    """Built from what the console shows. Raises ValueError for a token or key that WeCom would not have made."""

    def __init__(self, token: str, aes_key: str, corp_id: str) -> None:
        if not token.isascii() or not token.isalnum():
            raise ValueError("token")
        if not _KEY.fullmatch(aes_key):
            raise ValueError("encoding_aes_key")
        self._token, self._corp_id = token, corp_id.encode()
        self._cipher: Any = cast("Any", WeChatCipher)(base64.b64decode(aes_key + "="))

    def echo(self, query: Mapping[str, str]) -> bytes:
        """The bare text that proves to WeCom that the address is ours. Raises NotOurs."""
        echo = query.get("echostr", "").replace(" ", "+")  # a plus sign that was read as a space
        if not _ECHO.fullmatch(echo):
            raise NotOurs("echostr")
        self._check(query, echo)
        return self._opened(echo)

    def open(self, query: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The fields of the message inside: texts, but for what is nested by its nature. Raises NotOurs."""
        if len(body) > MOST_BYTES:
            raise NotOurs("too large")
        if len(_ANY_ENCRYPT.findall(body)) != 1:
            raise NotOurs("envelope")
        found = _ENCRYPT.search(body)
        if found is None:
            raise NotOurs("envelope")
        sealed = found[1].decode("ascii")
        self._check(query, sealed)
        return fields_of(self._opened(sealed))

    def challenge(self, said: str, timestamp: str, nonce: str, chance: bytes) -> dict[str, str]:
        """The query by which the console has an address prove itself, for the doctor."""
        sealed = self._sealed(said, chance)
        signature = self._signature(timestamp, nonce, sealed)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": sealed}

    def seal(self, xml: str, timestamp: str, nonce: str, chance: bytes) -> str:
        """A passive reply, sealed; `chance`: sixteen bytes nobody could guess."""
        sealed = self._sealed(xml, chance)
        signature = self._signature(timestamp, nonce, sealed)
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def _sealed(self, text: str, chance: bytes) -> str:
        message = text.encode()
        plain = chance + len(message).to_bytes(4, "big") + message + self._corp_id
        pad = BLOCK - len(plain) % BLOCK
        return base64.b64encode(self._cipher.encrypt(plain + bytes([pad]) * pad)).decode("ascii")

    def _check(self, query: Mapping[str, str], sealed: str) -> None:
        for name, form in _QUERY.items():
            if not form.fullmatch(query.get(name, "")):
                raise NotOurs(name)
        wanted = self._signature(query["timestamp"], query["nonce"], sealed)
        if not hmac.compare_digest(wanted.encode(), query["msg_signature"].encode()):
            raise NotOurs("signature")

    def _signature(self, timestamp: str, nonce: str, sealed: str) -> str:
        parts = "".join(sorted((self._token, timestamp, nonce, sealed)))
        return hashlib.sha1(parts.encode()).hexdigest()  # noqa: S324 - the platform's choice

    def _opened(self, sealed: str) -> bytes:
        """sixteen bytes of chance, four of length, the message, the corporation's id, padding: each as it must be."""
        try:
            raw = base64.b64decode(sealed, validate=True)
        except binascii.Error as error:
            raise NotOurs("base64") from error
        if not raw or len(raw) % BLOCK:
            raise NotOurs("length")
        plain: bytes = self._cipher.decrypt(raw)
        pad = plain[-1]
        if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
            raise NotOurs("padding")
        content = plain[16:-pad]
        end = 4 + int.from_bytes(content[:4], "big")
        if len(content) < 4 or end > len(content):
            raise NotOurs("length")
        if not hmac.compare_digest(content[end:], self._corp_id):
            raise NotOurs("corporation")
        return content[4:end]


def fields_of(message: bytes) -> dict[str, Any]:
    """The elements of the inner XML. Raises NotOurs: no XML, a declaration, an element twice, attributes, nesting."""
    try:
        text = message.decode("utf-8")
        markup = _HEAD.sub("", _WRITTEN.sub("", text))
        if _DECLARATION.search(markup):
            raise NotOurs("declaration")
        if markup.count("<") > MOST_TAGS:
            raise NotOurs("element")
        root = ElementTree.fromstring(text)  # noqa: S314 - without declarations there are no entities to expand
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise NotOurs("xml") from error
    if root.tag != "xml" or root.attrib or not len(root):
        raise NotOurs("root")
    fields: dict[str, Any] = {}
    for child in root:
        if child.tag in fields or child.attrib or (len(child) and child.tag not in _NESTED):
            raise NotOurs("element")
        fields[child.tag] = _inside(child) if len(child) else child.text or ""
    return fields


def _inside(element: ElementTree.Element) -> list[Any]:
    """What is nested, as pairs in the order it was written: enough to tell one event from another."""
    return [[child.tag, _inside(child) if len(child) else child.text or ""] for child in element]
