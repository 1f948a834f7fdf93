"""WeCom's sealing, written from its document (page 90968) and from nothing of the bot."""

import base64
import hashlib
import os
import re
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class Seal:
    def __init__(self, token: str, aes_key: str, corp_id: str) -> None:
        self.token, self.corp_id = token, corp_id
        self._key = base64.b64decode(aes_key + "=")

    def signature(self, timestamp: str, nonce: str, sealed: str) -> str:
        return hashlib.sha1("".join(sorted([self.token, timestamp, nonce, sealed])).encode()).hexdigest()

    def seal(self, text: str) -> str:
        message = text.encode()
        plain = os.urandom(16) + len(message).to_bytes(4, "big") + message + self.corp_id.encode()
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> str:
        decryptor = self._cipher().decryptor()
        plain = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
        plain = plain[16 : -plain[-1]]
        length = int.from_bytes(plain[:4], "big")
        assert plain[4 + length :].decode() == self.corp_id
        return plain[4 : 4 + length].decode()

    def reply_in(self, envelope: str) -> str:
        """What a passive reply says; the signature is checked with the reply's own time and nonce."""
        fields = {one.tag: one.text or "" for one in ElementTree.fromstring(envelope)}
        assert fields["MsgSignature"] == self.signature(fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
        inner = ElementTree.fromstring(self.open(fields["Encrypt"]))
        assert inner.findtext("MsgType") == "text"
        assert len((inner.findtext("Content") or "").encode()) <= 2048
        return inner.findtext("Content") or ""

    def _cipher(self) -> "Cipher[modes.CBC]":
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def xml_of(fields: dict[str, str]) -> str:
    """As WeCom writes it: texts in CDATA, numbers bare."""
    written = (
        f"<{name}>{value}</{name}>" if re.fullmatch(r"\d+", value) else f"<{name}><![CDATA[{value}]]></{name}>"
        for name, value in fields.items()
    )
    return f"<xml>{''.join(written)}</xml>"
