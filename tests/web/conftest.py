"""A browser's side of the wire: a client for any desk, closed when the test is over."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.desk import Desk
from bot.web.server import build

Client = TestClient[web.Request, web.Application]
Open = Callable[[Desk], Awaitable[Client]]


@pytest.fixture
async def browse() -> AsyncIterator[Open]:
    clients: list[Client] = []

    async def start(desk: Desk) -> Client:
        client = TestClient(TestServer(build(desk)))
        await client.start_server()
        clients.append(client)
        return client

    yield start
    for client in clients:
        await client.close()
