"""The demo's page: three phones side by side, and the clock with its buttons."""

from collections.abc import Sequence

from aiohttp import web

from bot.web import session
from bot.web.body import read_object, text_in
from bot.web.desk import DemoClock, Desk, Phone
from bot.web.pages import Refused, answer, page, words_for_script

MOVES = ("next", "hour", "day", "run", "stop")
STEPS_TO_TRY = ("ask", "part", "need", "liaison", "away", "whisper", "secret", "end", "file")
BRANCH_STATES = ("draft", "planned", "approved", "running", "closing", "closed")
SPOKEN_BY_SCRIPT = (
    "web_run",
    "web_stop",
    "web_moving",
    "web_nothing_next",
    "web_lost",
    "web_is_running",
    "web_stands_still",
    *(f"web_branch_{state}" for state in BRANCH_STATES),
)


async def stage(desk: Desk, request: web.Request) -> web.Response:
    """GET /demo"""
    _clock_of(desk, request)
    language = request.query.get("lang", desk.language)
    language = language if language in {"zh", "en"} else desk.language
    phones = await desk.phones()
    shown = chosen(phones)
    words = words_for_script(desk, SPOKEN_BY_SCRIPT, language)
    facts = {"phones": phones, "shown": shown, "steps": STEPS_TO_TRY, "names": names_of(shown), "words": words}
    return page(desk, "demo.html", language, facts)


async def state(desk: Desk, request: web.Request) -> web.Response:
    """GET /demo/state"""
    return answer(await _clock_of(desk, request).state())


async def move(desk: Desk, request: web.Request) -> web.Response:
    """POST /demo/clock {"move": …}"""
    session.same_site(request)
    demo = _clock_of(desk, request)
    step = text_in(await read_object(request), "move")
    if step not in MOVES:
        raise Refused(400, "web_wrong_field", name="move")
    await demo.move(step)
    return answer(await demo.state())


def chosen(phones: Sequence[Phone]) -> list[Phone]:
    """Which phones are shown first: two who are away on the left, the first liaison officer on the right."""
    if len(phones) < 2:
        return list(phones)
    liaison, *others = phones
    away = [phone for phone in others if _duty(phone) != _duty(liaison)]
    return [*(away or others)[:2], liaison]


def names_of(shown: Sequence[Phone]) -> dict[str, str]:
    """Whom “what to try” speaks of."""
    names = [phone.name for phone in shown] or ["–"]
    return {"member": names[0], "other": names[1] if len(names) > 2 else names[0], "liaison": names[-1]}


def _duty(phone: Phone) -> str:
    return phone.role.partition(" · ")[0]


def _clock_of(desk: Desk, request: web.Request) -> DemoClock:
    if desk.demo is None:
        raise web.HTTPNotFound
    session.only_here(request)
    return desk.demo
