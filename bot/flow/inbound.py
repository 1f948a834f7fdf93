"""A message in: length, gate, then one unit of work that finds the handler, keeps what it did, and the answer."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.channels.base import Capabilities
from bot.config.model import Config
from bot.domain import instant
from bot.domain.gate import Words, compile_words, scan
from bot.domain.people import Member
from bot.domain.pieces import cut
from bot.domain.wordless import wordless
from bot.errors import StoreFailed
from bot.flow import router
from bot.handling import Answer, Arrival, Command, Context, Handler
from bot.message import TEXT_LIMIT, Message, Say
from bot.render import Renderer
from bot.store.inbound import Seen
from bot.store.standings import Standing
from bot.store.tables import Tables
from bot.store.tx import Store, Tx, undone
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


def _would_take(step: Handler, heard: Context) -> bool:
    """Whether the step would have taken the message, had it come in time; nothing of it is done."""
    with undone(heard.tables.tx):
        return step(replace(heard, work=Work(heard.tables.tx, heard.work.config, heard.work.now))) is not None


def greeting(heard: Context) -> Answer:
    """Whoever opens the app is told what she can say, once a day at most."""
    name, today = f"greeted:{heard.member.id}", instant.day_of(heard.work.now, heard.work.zone).isoformat()
    if heard.tables.facts.setting(name) == today:
        return Answer((), aside=True)
    heard.tables.facts.put(name, today)
    return replace(heard.say("help.greeting", name=heard.member.name, unit=heard.work.config.name), aside=True)


def send_apart(tables: Tables, message: Message, member: Member, id_: str, spoken: str, now: datetime) -> None:
    """What cannot go back the same way is a message of its own."""
    tables.deliveries.make(f"answer-{id_[:24]}", message.channel, spoken, [(member.id, message.sender, False)], now)


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer, and whether there is now something to do that was not there before."""

    text: str
    stirs: bool = False


class Ear:
    """Hears messages of every channel. Built once for each configuration."""

    def __init__(
        self,
        config: Config,
        renderer: Renderer,
        commands: Sequence[Command],
        fallback: Handler,
        arrival: Arrival,
        link: Callable[[str, str], str] = lambda _, page: page,
    ) -> None:
        """`link`: of a member and a page of hers, the address that opens it for an hour."""
        self.config = config
        self.renderer = renderer
        self.commands = commands
        self.fallback = fallback
        self.arrival = arrival
        self.link = link
        self._steps: Mapping[str, Command] = {command.name: command for command in commands}
        self._words: Words = compile_words(config.gate.words)

    async def hear(self, store: Store, message: Message, now: datetime, can: Capabilities) -> Heard:
        """The answer to a message. What breaks in a handler is rolled back and said; StoreFailed is the caller's."""
        text = _bare(message.text)
        refused = self._refused(text)
        try:
            return await store.write(lambda tx: self._unit(tx, message, text, refused, now, can))
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - a broken handler must not cost the member an answer
            broke = type(error).__name__
        return await store.write(lambda tx: self._broken(tx, message, broke, now))

    def _refused(self, text: str) -> Say | None:
        """What is decided before anything is stored: too long, or against a rule of the gate."""
        if len(text) > TEXT_LIMIT:
            return Say("gate.too_long", {"most": TEXT_LIMIT})
        rule = scan(text, self._words)
        return Say("gate.refused", {"rule": rule}) if rule else None

    def _unit(
        self, tx: Tx, message: Message, text: str, refused: Say | None, now: datetime, can: Capabilities
    ) -> Heard:
        work = Work(tx, self.config, now)
        tables = work.tables
        id_ = tables.inbound.id_of(message.channel, message.key)
        seen = tables.inbound.look(id_, message.channel, message.sender)
        member = seen.member
        if seen.answer is not None:
            language = member.language if member else self.config.language
            return Heard(seen.answer or self.renderer.say(language, "gate.heard_before"))
        if member is None:
            return self._stranger(tables, id_, now)
        heard = Context(
            work, member, text, "", id_, message.channel, partial(self.link, member.id), about=message.about
        )
        answer = Answer((refused,), forget=True) if refused else self._answer(heard, seen, opened=message.opened)
        spoken = self._spoken(heard, answer, can.most_bytes)
        if message.fits is not None and len(spoken) > message.fits:
            send_apart(tables, message, member, id_, spoken, now)
            spoken = self.renderer.say(member.language, "card.see_below") if message.fits else ""
        if can.remembers:
            said = self.renderer.say(member.language, "gate.not_kept") if answer.forget else text
            tables.lines.add_exchange(member.id, said, spoken, now, id_)
        else:
            tables.inbound.put(id_, spoken, now)
        if refused and refused.key == "gate.refused":
            tables.inbound.count_refusal(refused.facts["rule"], now)
            log.info("refused rule=%s", refused.facts["rule"])
        return Heard(spoken, stirs=tables.outbox.touched or tables.alarms.touched or message.fits is not None)

    def _stranger(self, tables: Tables, id_: str, now: datetime) -> Heard:
        admins = [found.name for admin in self.config.admins if (found := tables.members.get(admin))]
        spoken = self.renderer.say(self.config.language, "help.stranger", {"admins": admins, "unit": self.config.name})
        tables.inbound.put(id_, spoken, now)
        return Heard(spoken)

    def _answer(self, heard: Context, seen: Seen, *, opened: bool) -> Answer:
        """Her first word after a silence is over is heard as such, before it is heard as anything else."""
        if opened:
            return greeting(heard)
        if seen.overdue:
            return self.arrival(heard, lambda: self._handle(heard, seen.standing))
        return self._handle(heard, seen.standing)

    def _handle(self, heard: Context, standing: Standing | None) -> Answer:
        """Command words, then the step going on, then the report; a handler that gives None passes it on. No step is
        answered by a picture, or by a card that asks of something else."""
        command = router.find(self.commands, heard.text)
        answer = command.command.handle(heard.after(command.rest)) if command else None
        if answer is None and standing and not heard.about and not wordless(heard.text):
            answer = self._go_on(heard, standing)
        answer = answer or self.fallback(heard.after(heard.text))
        assert answer is not None, "the fallback always answers"
        if (standing or answer.then) and not answer.aside:
            heard.tables.standings.put(heard.member.id, heard.channel, answer.then)
        return answer

    def _go_on(self, heard: Context, standing: Standing) -> Answer | None:
        """What the step that waited makes of it; None: it was meant for nobody there."""
        command = self._steps.get(standing.command)
        step = command.steps.get(standing.step) if command else None
        taken = replace(heard, rest=heard.text, facts=standing.facts)
        if standing.until <= heard.work.now:
            return heard.say("ways.lapsed") if step and _would_take(step, taken) else None
        return step(taken) if step else self._begin_again(heard, command)

    def _begin_again(self, heard: Context, command: Command | None) -> Answer | None:
        """A newer version asks otherwise: what she began is begun again."""
        began = command.handle(heard) if command else None
        return heard.say("ways.start_again").and_then(began) if began else None

    def _spoken(self, heard: Context, answer: Answer, most_bytes: int) -> str:
        """In her language; what the channel does not take in one message is kept for 更多."""
        language = answer.language or heard.member.language
        whole = "\n".join(self.renderer.say(language, say.key, say.facts) for say in answer.says)
        if len(whole) * 4 <= most_bytes or len(whole.encode()) <= most_bytes:
            return whole
        more = self.renderer.say(language, "ways.more")
        first, rest = cut(whole, most_bytes - len(more.encode()) - 1)
        heard.tables.unsaid.put(heard.member.id, heard.channel, rest, heard.work.now)
        return f"{first}\n{more}"

    def _broken(self, tx: Tx, message: Message, broke: str, now: datetime) -> Heard:
        """Nothing of it is kept, so that the same message may be sent again."""
        tables = Tables(tx)
        member = tables.members.at(message.channel, message.sender)
        key = tables.inbound.id_of(message.channel, message.key)
        log.error("handler broke channel=%s key=%s error=%s", message.channel, key, broke)
        spoken = self.renderer.say(member.language if member else self.config.language, "gate.broken")
        if message.fits is None or member is None:
            return Heard(spoken)
        broken = f"{message.key} broke {instant.text(now)}"
        send_apart(tables, message, member, tables.inbound.id_of(message.channel, broken), spoken, now)
        return Heard("", stirs=True)
