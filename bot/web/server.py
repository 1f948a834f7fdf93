"""Every address the bot answers at, and what holds for all of them: safe headers, and errors in plain words."""

import asyncio
import logging
from functools import partial
from pathlib import Path
from traceback import extract_tb

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.errors import StoreFailed
from bot.web import callback, demo, phone, records, study
from bot.web.body import MOST_BYTES
from bot.web.desk import Desk
from bot.web.pages import Refused, answer, language_of, page

LOG = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
SHUTDOWN_SECONDS = 5.0
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
FRAMED = SAFE | {"Content-Security-Policy": POLICY.format(frames="'self'")}
UNFRAMED = SAFE | {"Content-Security-Policy": POLICY.format(frames="'none'")}
SENTENCES = {404: "web_not_found", 405: "web_wrong_method", 413: "web_too_large"}


def build(desk: Desk) -> web.Application:
    closing = asyncio.Event()
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[plain_errors(desk)])
    app.add_routes(routes(desk, closing))
    app.on_response_prepare.append(partial(harden, desk))
    app.on_shutdown.append(partial(_close, closing))
    return app


def routes(desk: Desk, closing: asyncio.Event) -> list[web.AbstractRouteDef]:
    """The table of contents. GET changes nothing."""
    return [
        web.get("/", partial(home, desk)),
        web.get("/healthz", partial(healthz, desk)),
        web.get("/callback/{channel}", partial(callback.verify, desk)),
        web.post("/callback/{channel}", partial(callback.receive, desk)),
        web.post("/phone/{member}/messages", partial(phone.say, desk)),  # first, since most requests are this one
        web.get("/phone/{member}/messages", partial(phone.messages, desk, closing)),
        web.get("/phone/{member}/my-records.{form:html|json}", partial(records.own_file, desk)),
        web.get("/phone/{member}/study-file", partial(study.form, desk)),
        web.post("/phone/{member}/study-file", partial(study.take, desk)),
        web.get("/calendar/{whose}/{key:[0-9a-f]{1,64}}.ics", partial(study.calendar, desk)),
        web.get("/material/{item}/{key:[0-9a-f]{1,64}}", partial(study.material, desk)),
        web.get("/phone/{member}", partial(phone.chat, desk)),
        web.get("/phone", partial(phone.people, desk)),
        web.get("/demo", partial(demo.stage, desk)),
        web.get("/demo/state", partial(demo.state, desk)),
        web.post("/demo/clock", partial(demo.move, desk)),
        web.static("/static", STATIC),
    ]


def runner(app: web.Application) -> web.AppRunner:
    """How to serve it: no access log (addresses hold keys), and no broken request's bytes in any log."""
    wire = logging.getLogger("bot.web.wire")
    wire.addFilter(_forget_bytes)
    return web.AppRunner(app, access_log=None, logger=wire, shutdown_timeout=SHUTDOWN_SECONDS, auto_decompress=False)


async def home(desk: Desk, _request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/demo" if desk.demo else "/phone"})


async def healthz(desk: Desk, _request: web.Request) -> web.Response:
    health = await desk.health()
    return answer(health, 200 if health.get("status") == "ok" else 503)


async def harden(desk: Desk, request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer. Only the demo's own page may frame phones."""
    framed = desk.demo is not None and request.path.startswith("/phone/")
    kept = request.path.startswith("/static/") and response.status < 400
    response.headers.extend(FRAMED if framed else UNFRAMED)
    response.headers["Cache-Control"] = "no-cache" if kept else "no-store"
    response.headers.popall("Server", None)


def plain_errors(desk: Desk) -> Middleware:
    """What goes wrong is said in one sentence, as a page or as JSON, and never with a traceback."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return await _sorry(desk, request, refused)
        except StoreFailed:
            return await _sorry(desk, request, Refused(503, "web_not_saved"))
        except web.HTTPException as error:
            return await _sorry(desk, request, Refused(error.status, SENTENCES.get(error.status, "web_wrong")), error)
        except Exception as error:  # noqa: BLE001 - the one broad catch of the web
            found = (type(error).__name__, _place(error), _route(request))
            LOG.error("web broken error=%s at=%s route=%s", *found)  # noqa: TRY400 - a traceback may hold words
            return await _sorry(desk, request, Refused(500, "web_broken"))

    return middleware


async def _sorry(
    desk: Desk, request: web.Request, refused: Refused, error: web.HTTPException | None = None
) -> web.StreamResponse:
    language = await language_of(desk, request)
    sentence = desk.words(refused.key, language, **refused.facts)
    if _is_for_scripts(request):
        response = answer({"error": sentence}, refused.status)
    else:
        response = page(desk, "error.html", language, {"sentence": sentence, "code": refused.status}, refused.status)
    if error is not None and "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    if refused.status in {408, 413}:
        response.force_close()
    return response


def _is_for_scripts(request: web.Request) -> bool:
    return request.path.endswith("/messages") or request.path.startswith(("/demo/", "/healthz"))


def _place(error: Exception) -> str:
    """File and line of what broke; the exception's own text may hold a member's words and is not looked at."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "-"


def _forget_bytes(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    record.msg, record.args = "web request broken error=%s", (type(error).__name__,)
    record.exc_info = record.exc_text = None
    return True


async def _close(closing: asyncio.Event, _app: web.Application) -> None:
    closing.set()
