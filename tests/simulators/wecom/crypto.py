"""The callback's signature and cipher, written from the documents alone (channels.md section 0, page 90968).

AES-256-CBC, the first half of the key as IV, padding to 32; inside: 16 random bytes, length, message, corporation's id.
"""

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class Broken(Exception):
    """What came is not what was agreed: its text says in which respect."""


def signature(token: str, timestamp: str, nonce: str, sealed: str) -> str:
    joined = "".join(sorted([token, timestamp, nonce, sealed]))
    return hashlib.sha1(joined.encode("utf-8")).hexdigest()


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(aes_key + "=", validate=True)
    if len(key) != 32:
        raise Broken("the EncodingAESKey is not 43 characters of base64")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def seal(aes_key: str, message: str, receiver: str, chance: bytes = b"") -> str:
    """`chance` of sixteen bytes for a known answer; by itself it is random."""
    text = message.encode("utf-8")
    plain = (chance or os.urandom(16)) + len(text).to_bytes(4, "big") + text + receiver.encode("utf-8")
    short = BLOCK - len(plain) % BLOCK
    encryptor = _cipher(aes_key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([short] * short)) + encryptor.finalize()).decode("ascii")


def unseal(aes_key: str, sealed: str, receiver: str) -> str:
    """The message. Raises Broken for whatever is not as it should be."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise Broken("the cipher text is not base64") from error
    if not raw or len(raw) % BLOCK:
        raise Broken("the cipher text is no multiple of 32 bytes")
    decryptor = _cipher(aes_key).decryptor()
    plain = decryptor.update(raw) + decryptor.finalize()
    short = plain[-1]
    if not 1 <= short <= BLOCK or plain[-short:] != bytes([short] * short):
        raise Broken("the padding is wrong")
    length = int.from_bytes(plain[16:20], "big")
    rest = plain[20 : len(plain) - short]
    if length > len(rest):
        raise Broken("the length is wrong")
    if rest[length:] != receiver.encode("utf-8"):
        raise Broken("it is for another corporation")
    try:
        return rest[:length].decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken("the message is not UTF-8") from error
