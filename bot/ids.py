"""Names for rows: time-ordered text made by the bot, never by a database."""

import secrets
from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
WIDTH_OF_TIME = 9


def new_id(now: datetime) -> str:
    """Eighteen characters that sort by the second they were made in and do not repeat."""
    return _base32(int(now.timestamp()), WIDTH_OF_TIME) + "".join(secrets.choice(ALPHABET) for _ in range(9))


def new_key() -> bytes:
    """Thirty-two random bytes, for encryption."""
    return secrets.token_bytes(32)


def new_chance() -> bytes:
    """Sixteen random bytes, in front of what is sealed for WeCom."""
    return secrets.token_bytes(16)


def new_nonce() -> bytes:
    """Twelve random bytes, for one AES-GCM sealing."""
    return secrets.token_bytes(12)


def _base32(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
    return digits
