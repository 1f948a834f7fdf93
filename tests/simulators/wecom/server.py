"""The simulator as a running thing: one HTTP server with the API, the control paths and the page."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web

from tests.simulators.wecom import control
from tests.simulators.wecom.api import Api
from tests.simulators.wecom.callback import Callback, Verified
from tests.simulators.wecom.corp import Corp, Member
from tests.simulators.wecom.faults import Faults
from tests.simulators.wecom.people import People
from tests.simulators.wecom.record import Record
from tests.simulators.wecom.tokens import Tokens
from tests.simulators.wecom.world import Chat, Now, World, wall

MOST_BYTES = 24 * 1024 * 1024


class Wecom(People):
    """Members act by its methods (say, tap, …); what they saw and the rest is open to be looked at."""

    def __init__(self, corp: Corp, now: Now) -> None:
        self.world = World(corp, now)
        self.callback = Callback(self.world)
        self.api = Api(self.world)
        self.url = ""
        self.move: Callable[[str], Awaitable[None]] | None = None  # of a demo: its clock's buttons
        super().__init__(self.world, self.callback)

    @property
    def corp(self) -> Corp:
        return self.world.corp

    @property
    def record(self) -> Record:
        return self.world.record

    @property
    def faults(self) -> Faults:
        return self.api.faults

    @property
    def tokens(self) -> Tokens:
        return self.world.tokens

    @property
    def chats(self) -> dict[str, Chat]:
        return self.world.chats

    def skew(self, ahead: timedelta) -> None:
        """The platform's clock runs so far ahead of everybody else's."""
        self.world.skew = ahead

    async def verify(self) -> Verified:
        return await self.callback.verify()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/cgi-bin/{path:.+}", self.api.handle)
        control.add_to(app, self)
        return app


@asynccontextmanager
async def simulator(
    members: Iterable[Member] = (),
    *,
    corp: Corp | None = None,
    callback_url: str | None = None,
    now: Now = wall,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncGenerator[Wecom]:
    """Running for as long as the block lasts; `port` 0: one that is free. Its address is `wecom.url`."""
    wecom = Wecom(corp or Corp(), now)
    wecom.corp.add(members)
    if callback_url is not None:
        wecom.corp.app.callback_url = callback_url
    runner = web.AppRunner(wecom.application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        wecom.url = f"http://{host}:{runner.addresses[0][1]}"
        yield wecom
    finally:
        await wecom.callback.close()
        await runner.cleanup()
