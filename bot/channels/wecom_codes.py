"""What each answer of the WeCom API means for us: one table.

Source: developer.work.weixin.qq.com pages 90313 (error codes) and 90312 (limits), as read 2026-11.
"""

from collections.abc import Mapping
from typing import Literal

Meaning = Literal["ok", "token", "rate", "transient", "unknown", "recipients", "permanent", "configuration"]

# `token`: fetch another and try once more. `rate`: that API rests. `transient`: not done, try again.
# `recipients`: done for nobody, and never will be for these. `permanent`: this request is wrong for ever.
# `configuration`: somebody has to change something in the console or the file; `why` names the sentence.
MEANINGS: Mapping[int, Meaning] = {
    0: "ok",
    -1: "transient",
    40001: "configuration",
    40003: "recipients",
    40013: "configuration",
    40014: "token",
    40056: "configuration",
    40058: "permanent",
    41001: "token",
    42001: "token",
    44004: "permanent",
    45001: "permanent",
    45002: "permanent",
    45007: "permanent",
    45008: "permanent",
    45009: "rate",
    45033: "transient",
    48002: "configuration",
    60011: "configuration",
    60020: "configuration",
    60111: "recipients",
    81013: "recipients",
    82001: "permanent",
    82002: "permanent",
    82003: "permanent",
    86001: "permanent",
    86003: "permanent",
    86004: "permanent",
    86005: "permanent",
    86006: "permanent",
    86007: "permanent",
    86008: "permanent",
    86101: "permanent",
    86214: "permanent",
    86215: "permanent",
    86216: "permanent",
    86217: "permanent",
    86220: "permanent",
    86224: "permanent",
    301002: "configuration",
    301017: "permanent",
    **dict.fromkeys(range(86201, 86208), "permanent"),
}
WHY: Mapping[int, str] = {
    40001: "secret",
    40013: "corp_id",
    40056: "agent",
    301002: "agent",
    48002: "permission",
    60011: "visible_range",
    60020: "trusted_ip",
}
ALREADY_THERE = 86215


def meaning_of(code: int) -> Meaning:
    """A code nobody has told us of is taken for a request that is wrong: it is seen, and not sent for ever."""
    return MEANINGS.get(code, "permanent")
