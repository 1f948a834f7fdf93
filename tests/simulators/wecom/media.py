"""Uploading: channels.md 1.7 and the media rows of 1.11. What is kept is only that it was there, for three days."""

import os
from datetime import timedelta

from tests.simulators.wecom.reading import Json, Refusal
from tests.simulators.wecom.world import World

MEGABYTE = 1024 * 1024
MOST = {"image": 5 * MEGABYTE, "voice": 2 * MEGABYTE, "video": 10 * MEGABYTE, "file": 20 * MEGABYTE}
LEAST = 6  # bytes: "more than five"
LIVES = timedelta(days=3)
AMR = b"#!AMR\n"
FRAME_BYTES = (12, 13, 15, 17, 19, 20, 26, 31, 5)  # by the type in a frame's first byte; each lasts 20 ms
LONGEST = 60 * 50  # frames


def upload(world: World, kind: str, content: bytes | None) -> Json:
    if kind not in MOST:
        raise Refusal(40004, "invalid media type")
    if content is None:
        raise Refusal(44001, "empty media data")
    if not LEAST <= len(content) <= MOST[kind]:
        raise Refusal(45001, "media size out of limit")
    if kind == "voice" and not content.startswith(AMR):
        raise Refusal(301017, "voice must be AMR")
    if kind == "voice" and _frames(content[len(AMR) :]) > LONGEST:
        raise Refusal(45007, "voice longer than 60 seconds")
    media_id = os.urandom(24).hex()
    world.media[media_id] = world.now() + LIVES
    return {"type": kind, "media_id": media_id, "created_at": str(int(world.now().timestamp()))}


def _frames(content: bytes) -> int:
    count = place = 0
    while place < len(content):
        kind = content[place] >> 3 & 15
        place += 1 + (FRAME_BYTES[kind] if kind < len(FRAME_BYTES) else 0)
        count += 1
    return count
