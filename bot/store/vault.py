"""Keeps what members wrote sealed on disk: without the key file beside it, the database cannot be read."""

import base64
import os
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import CannotStart, LianxinError
from bot.ids import new_key, new_nonce

KEY_ID = "k1"
KEY_BYTES = 32
NONCE_BYTES = 12
MARK = f"{KEY_ID}:"


class AesVault:
    """AES-256-GCM by field. Each purpose has a key of its own, derived from the one in the key file."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(_derived(master, b"lianxin text"))
        self._digest_key = _derived(master, b"lianxin digest")
        self._sign_key = _derived(master, b"lianxin sign")
        self._check_key = _derived(master, b"lianxin check")

    def seal(self, place: str, text: str) -> str:
        """Empty stays empty: it says nothing, and a query can tell that nothing was written."""
        if not text:
            return ""
        nonce = new_nonce()
        return (
            MARK + base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), _bound(place))).decode()
        )

    def open(self, place: str, sealed: str) -> str:
        """Raises LianxinError if another key sealed it, or it was changed or moved to another place."""
        if not sealed:
            return ""
        try:
            sealed_bytes = base64.urlsafe_b64decode(sealed.removeprefix(MARK))
            nonce, text = sealed_bytes[:NONCE_BYTES], sealed_bytes[NONCE_BYTES:]
            return self._cipher.decrypt(nonce, text, _bound(place)).decode()
        except (InvalidTag, ValueError) as error:
            raise LianxinError("start.wrong_key", place=place) from error

    def digest(self, text: str) -> str:
        return _mac(self._digest_key, text)

    def sign(self, text: str) -> str:
        """Proof that the bot itself made `text`, for links; compare with hmac.compare_digest."""
        return _mac(self._sign_key, text)

    def check_value(self) -> str:
        """Kept in the database, so that the next start notices a key file that belongs to another one."""
        return _mac(self._check_key, KEY_ID)

    def matches(self, check: str) -> bool:
        return compare_digest(self.check_value().encode(), check.encode())


def open_vault(key_file: Path) -> AesVault:
    """The key in `key_file`, which is made on the first start. Whoever loses it loses what members wrote."""
    try:
        _make(key_file)
        return AesVault(_read(key_file))
    except OSError as error:
        raise CannotStart("start.unwritable", path=str(key_file), reason=error.strerror) from error


def known_vault(key_file: Path) -> AesVault:
    """The key that is there; none is made, for a command that only looks."""
    try:
        return AesVault(_read(key_file))
    except FileNotFoundError as error:
        raise CannotStart("start.no_key", path=str(key_file)) from error
    except OSError as error:
        raise CannotStart("start.key_unreadable", path=str(key_file), reason=error.strerror) from error


def _make(key_file: Path) -> None:
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.urlsafe_b64encode(new_key()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    keep_name(key_file.parent)


def keep_name(folder: Path) -> None:
    """A new file's name is on disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(key_file: Path) -> bytes:
    with key_file.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise CannotStart("start.key_readable_by_others", path=str(key_file))
        written = file.read(1024).strip()
    try:
        key = base64.b64decode(written, altchars=b"-_", validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise CannotStart("start.key_broken", path=str(key_file))
    return key


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(master)


def _bound(place: str) -> bytes:
    return f"{place}|{KEY_ID}".encode()


def _mac(key: bytes, text: str) -> str:
    return blake2b(text.encode(), key=key, digest_size=16).hexdigest()
