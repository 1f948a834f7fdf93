"""A message in: length, gate, then one unit of work that finds the handler, keeps what it did, and the answer."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config.model import Config
from bot.domain.gate import Words, compile_words, scan
from bot.domain.people import Member
from bot.errors import StoreFailed
from bot.flow import router
from bot.handling import Answer, Command, Context, Handler
from bot.message import TEXT_LIMIT, Message, Say
from bot.render import Renderer
from bot.store.standings import Standing
from bot.store.tables import Tables
from bot.store.tx import Store, Tx
from bot.work import Work

log = logging.getLogger("lianxin.inbound")
_NEW_LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_QUOTED = re.compile(r"[“\"「『]([^“”\"「」『』]*)[”\"」』][。.]?")


def _bare(text: str) -> str:
    """What is to be read: nothing unseen, one kind of line end, no quotation marks copied along with a phrase."""
    seen = _UNSEEN.sub("", _NEW_LINES.sub("\n", text)).strip()
    quoted = _QUOTED.fullmatch(seen)
    return quoted[1].strip() if quoted else seen


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer, and whether there is now something to do that was not there before."""

    text: str
    stirs: bool = False


class Ear:
    """Hears messages of every channel. Built once for each configuration."""

    def __init__(self, config: Config, renderer: Renderer, commands: Sequence[Command], fallback: Handler) -> None:
        self.config = config
        self.renderer = renderer
        self.commands = commands
        self.fallback = fallback
        self._steps: Mapping[str, Command] = {command.name: command for command in commands}
        self._words: Words = compile_words(config.gate.words)

    async def hear(self, store: Store, message: Message, now: datetime, *, remembers: bool) -> Heard:
        """The answer to a message. What breaks in a handler is rolled back and said; StoreFailed is the caller's."""
        text = _bare(message.text)
        refused = self._refused(text)
        try:
            return await store.write(lambda tx: self._unit(tx, message, text, refused, now, remembers=remembers))
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - a broken handler must not cost the member an answer
            broke = type(error).__name__
        return await store.write(lambda tx: self._broken(tx, message, broke))

    def _refused(self, text: str) -> Say | None:
        """What is decided before anything is stored: too long, or against a rule of the gate."""
        if len(text) > TEXT_LIMIT:
            return Say("gate.too_long", {"most": TEXT_LIMIT})
        rule = scan(text, self._words)
        return Say("gate.refused", {"rule": rule}) if rule else None

    def _unit(
        self, tx: Tx, message: Message, text: str, refused: Say | None, now: datetime, *, remembers: bool
    ) -> Heard:
        work = Work(tx, self.config, now)
        tables = work.tables
        id_ = tables.inbound.id_of(message.channel, message.key)
        seen = tables.inbound.look(id_, message.channel, message.sender, now)
        member = seen.member
        if seen.answer is not None:
            language = member.language if member else self.config.language
            return Heard(seen.answer or self.renderer.say(language, "gate.heard_before"))
        if member is None:
            return self._stranger(tables, id_, now)
        answer = Answer((refused,), forget=True) if refused else self._handle(work, member, seen.standing, text, id_)
        spoken = self._spoken(answer, answer.language or member.language)
        if remembers:
            said = self.renderer.say(member.language, "gate.not_kept") if answer.forget else text
            tables.lines.add_exchange(member.id, said, spoken, now, id_)
        else:
            tables.inbound.put(id_, spoken, now)
        if refused and refused.key == "gate.refused":
            tables.inbound.count_refusal(refused.facts["rule"], now)
            log.info("refused rule=%s", refused.facts["rule"])
        return Heard(spoken, stirs=tables.outbox.touched or tables.alarms.touched)

    def _stranger(self, tables: Tables, id_: str, now: datetime) -> Heard:
        admins = [found.name for admin in self.config.admins if (found := tables.members.get(admin))]
        spoken = self.renderer.say(self.config.language, "help.stranger", {"admins": admins, "unit": self.config.name})
        tables.inbound.put(id_, spoken, now)
        return Heard(spoken)

    def _handle(self, work: Work, member: Member, standing: Standing | None, text: str, id_: str) -> Answer:
        """Command words, then the step going on, then the report; a handler that gives None passes it on."""
        for handler, rest, facts in self._candidates(standing, text):
            answer = handler(Context(work, member, text, rest, id_, facts))
            if answer is not None:
                if (standing or answer.then) and not answer.aside:
                    work.tables.standings.put(member.id, answer.then)
                return answer
        raise AssertionError("the fallback always answers")

    def _candidates(self, standing: Standing | None, text: str) -> list[tuple[Handler, str, Mapping[str, object]]]:
        found = router.find(self.commands, text)
        candidates: list[tuple[Handler, str, Mapping[str, object]]] = []
        if found:
            candidates.append((found.command.handle, found.rest, {}))
        if standing and standing.command in self._steps:
            step = self._steps[standing.command].steps.get(standing.step)
            candidates += [(step, text, standing.facts)] if step else []
        return [*candidates, (self.fallback, text, {})]

    def _spoken(self, answer: Answer, language: str) -> str:
        return "\n".join(self.renderer.say(language, say.key, say.facts) for say in answer.says)

    def _broken(self, tx: Tx, message: Message, broke: str) -> Heard:
        """Nothing of it is kept, so that the same message may be sent again."""
        tables = Tables(tx)
        member = tables.members.at(message.channel, message.sender)
        key = tables.inbound.id_of(message.channel, message.key)
        log.error("handler broke channel=%s key=%s error=%s", message.channel, key, broke)
        language = member.language if member else self.config.language
        return Heard(self.renderer.say(language, "gate.broken"))
