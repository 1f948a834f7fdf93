"""What a changed file would do, and applying it."""

import asyncio
import json
from argparse import Namespace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import clock as clocks
from bot import control, ids, source
from bot.clock import StillClock
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.domain import instant
from bot.errors import CannotStart
from bot.flow.plan import Plan, as_facts, foresee
from bot.flow.plan_lines import change_lines, message_lines
from bot.flow.reconcile import ALIVE
from bot.making import SILENT
from bot.opening import check_key, open_bot
from bot.outcome import answer_of
from bot.reload import Reloader
from bot.serve import closing_store
from bot.store.beside import rehearse_once
from bot.store.migrate import MIGRATIONS
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import AesVault, open_vault


def add_verbs(verbs: Verbs) -> None:
    plan_ = verbs.add("plan", plan)
    plan_.add_argument("file", type=Path)
    plan_.add_argument("--format", choices=["text", "json"], default="text", help=verbs.explained("format"))
    apply_ = verbs.add("apply", apply)
    apply_.add_argument("file", type=Path)
    apply_.add_argument("--yes", action="store_true", help=verbs.explained("yes"))


def plan(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = config.language
    found = _foreseen(config, chosen.file)
    if chosen.format == "json":
        print(json.dumps(_as_json(terminal, found, config), ensure_ascii=False, indent=2))  # noqa: T201
    else:
        _show(terminal, config, chosen.file, found)
    return 0


def apply(terminal: Terminal, chosen: Namespace) -> int:
    """Through the bot that runs, else on the store itself. 1: it waits for a word, and nothing was applied."""
    config = load(chosen.file)
    terminal.language = config.language
    wish = {"verb": "apply", "yes": chosen.yes, "file": str(chosen.file.resolve())}
    answer = control.ask(store_path(config, chosen.file), wish)
    if answer is not None:
        mind_error(answer, chosen.file)
        return _say_outcome(terminal, chosen.file, answer)
    return asyncio.run(_apply_alone(terminal, config, chosen.file, yes=chosen.yes))


def mind_error(answer: control.Answer, file: Path) -> None:
    """Raises CannotStart where the running bot refuses the wish."""
    match answer.get("error"):
        case None:
            return
        case "other_file":
            raise CannotStart("apply.other_file", path=file, running=answer["running"])
        case error:
            raise CannotStart("apply.no_answer", reason=error)


async def _apply_alone(terminal: Terminal, config: Config, file: Path, *, yes: bool) -> int:
    bot = open_bot(config, store_path(config, file), key_path(config, file), StillClock(clocks.real()), make=SILENT)

    async def work() -> int:
        await check_key(bot, key_path(config, file))
        old = await bot.store.read(lambda tx: source.applied(tx, file))
        bot.go_by(old or config)
        outcome = await Reloader(bot, file).look(confirmed=yes)
        return _say_outcome(terminal, file, answer_of(outcome))

    return await closing_store(bot, work)


def _say_outcome(terminal: Terminal, file: Path, answer: control.Answer) -> int:
    """What became of it, from the bot that runs or from here."""
    state = answer["state"]
    terminal.say(f"apply.cli_{state}", path=file)
    for one in answer["changes"]:
        terminal.say("plan.line", text=terminal.words(one["key"], **one["facts"]))
    if state == "held":
        terminal.say("plan.waits", path=file, **answer["figures"])
    return 0 if state in ("same", "applied") else 1


def _foreseen(config: Config, file: Path) -> Plan:
    """Tried out on a copy, beside a bot that may be running; its clock may be ahead of the machine's."""
    database, key = store_path(config, file), key_path(config, file)
    vault = open_vault(key) if key.exists() else AesVault(ids.new_key())

    def unit(tx: Tx) -> Plan:
        alive = Tables(tx).facts.moment(ALIVE)
        now = max(alive, clocks.real()) if alive else clocks.real()
        return foresee(tx, source.applied(tx, file), config, now.replace(microsecond=0))

    return rehearse_once(database, MIGRATIONS, vault, unit, clocks.real())


def _show(terminal: Terminal, config: Config, file: Path, found: Plan) -> None:
    if found.empty:
        terminal.say("plan.nothing", path=file)
        return
    head = "plan.fresh" if found.first else "plan.head" if found.changes else "plan.no_changes"
    terminal.say(head, path=file, count=len(found.changes))
    _lines(terminal, change_lines(terminal.renderer, terminal.language, found))
    terminal.say("plan.messages" if found.messages else "plan.no_messages", count=len(found.messages))
    _lines(terminal, _messages(terminal, config, found))
    if found.too_much(config):
        terminal.say("plan.waits", path=file, **as_facts(found))


def _lines(terminal: Terminal, lines: list[str]) -> None:
    for line in lines:
        terminal.say("plan.line", text=line)


def _messages(terminal: Terminal, config: Config, found: Plan) -> list[str]:
    names = {id_: person.name for id_, person in config.people.items()}
    return message_lines(terminal.renderer, terminal.language, found, names, ZoneInfo(config.time_zone))


def _as_json(terminal: Terminal, found: Plan, config: Config) -> dict[str, Any]:
    sentences = change_lines(terminal.renderer, terminal.language, found)
    return {
        **as_facts(found),
        "first": found.first,
        "waits": found.too_much(config),
        "what": [
            {"key": one.key.removeprefix("plan."), **one.facts, "sentence": sentence}
            for one, sentence in zip(found.changes, sentences, strict=True)
        ],
        "told": [
            {"member": one.member, "kind": one.kind, "at": instant.text(one.not_before)} for one in found.messages
        ],
        "left": [{"branch": branch, "member": member} for branch, member in found.leaving],
    }
