"""How a command speaks to the bot that runs: a local socket beside the database, for the same user only."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, cast

from bot.errors import CannotStart

log = logging.getLogger("lianxin.control")
Wish = Mapping[str, Any]
Answer = dict[str, Any]
LONGEST_PATH = 100  # bytes; the system allows some more for a socket's name
LONGEST_WISH = 32 * 2**20  # bytes: a sheet of some thousand rows
ASKING_SECONDS, ANSWERING_SECONDS = 5.0, 60.0


def socket_of(database: Path) -> Path | None:
    """None: its path is longer than a socket's may be, so there is none."""
    place = database.with_name(database.name + ".sock")
    return place if len(bytes(place)) <= LONGEST_PATH else None


@asynccontextmanager
async def listening(database: Path, grant: Callable[[Wish], Awaitable[Answer]]) -> AsyncGenerator[None]:
    """Answer wishes, one JSON line each, as long as this lasts."""
    place = socket_of(database)
    if place is None:
        log.warning("no control socket: path too long")
        yield
        return
    place.unlink(missing_ok=True)  # of a bot that was killed: this process holds the database's lock
    server = await asyncio.start_unix_server(
        lambda reader, writer: _serve(reader, writer, grant), place, limit=LONGEST_WISH
    )
    place.chmod(0o600)
    try:
        yield
    finally:
        server.close()
        place.unlink(missing_ok=True)


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, grant: Callable[[Wish], Awaitable[Answer]]
) -> None:
    with suppress(OSError, ValueError, TimeoutError):
        async with asyncio.timeout(ASKING_SECONDS):
            wish: object = json.loads(await reader.readline())
        answer = await _granted(grant, cast("Wish", wish)) if isinstance(wish, dict) else {"error": "unknown"}
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()
    writer.close()


async def _granted(grant: Callable[[Wish], Awaitable[Answer]], wish: Wish) -> Answer:
    """Whoever waits for an answer gets one, whatever breaks."""
    try:
        return await grant(wish)
    except Exception as error:  # noqa: BLE001 - said to whoever asked
        log.error("wish broke error=%s", type(error).__name__)  # noqa: TRY400 - no words in logs
        return {"error": type(error).__name__}


def ask(database: Path, wish: Wish) -> Answer | None:
    """What the running bot answers; None: none runs. Raises CannotStart if it does not answer."""
    place = socket_of(database)
    if place is None:
        return None
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(ANSWERING_SECONDS)
        try:
            line.connect(str(place))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError as error:
            raise CannotStart("apply.no_answer", reason=str(error.strerror)) from error
        return _answer(line, wish)


def _answer(line: socket.socket, wish: Wish) -> Answer:
    try:
        line.sendall(json.dumps(wish).encode() + b"\n")
        with line.makefile("rb") as answer:
            return json.loads(answer.readline())
    except (OSError, ValueError) as error:
        raise CannotStart("apply.no_answer", reason=type(error).__name__) from error
