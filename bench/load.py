"""A load of keep-alive POSTs on loopback: so many connections, so many requests, every answer checked."""

import asyncio
import sys
import time
from collections.abc import Callable

Request = Callable[[int], bytes]


async def _connection(port: int, request: Request, numbers: "list[int]", waits: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while numbers:
        begun = time.perf_counter()
        writer.write(request(numbers.pop()))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        waits.append(time.perf_counter() - begun)
        if b" 200 " not in head[:16]:
            sys.exit(f"not answered: {head[:200]!r} {body[:200]!r}")
    writer.close()


async def load(port: int, request: Request, requests: int, connections: int) -> tuple[float, float]:
    """Requests per second, and the 99th percentile of the wait in milliseconds."""
    numbers, waits = list(range(requests)), list[float]()
    begun = time.perf_counter()
    await asyncio.gather(*(_connection(port, request, numbers, waits) for _ in range(connections)))
    waits.sort()
    return requests / (time.perf_counter() - begun), waits[int(len(waits) * 0.99)] * 1000


def post(path: str, body: str, headers: str = "") -> bytes:
    octets = body.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
        f"Content-Length: {len(octets)}\r\n\r\n"
    ).encode() + octets
