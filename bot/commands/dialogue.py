"""Questions in a terminal, one after the other: with defaults, a way back, and a look over all answers at the end."""

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.commands.columns import aligned
from bot.commands.terminal import Terminal
from bot.errors import Unreadable

Answers = Mapping[str, Any]
BACK = ("<", "返回", "back")
PROMPT = "> "
FIRST = "language"  # in which the questions are asked; not counted as one of them


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is its flag, and with `init.ask_` before it its sentence. `default`: what an empty line means;
    empty: an answer is needed. `belongs`: whether it is a question at all, after the answers so far. `silent`:
    its default is taken without asking, and may be changed at the end. `told`: the sentence that says an answer in
    words; empty: it is shown as it was typed."""

    name: str
    read: Callable[[str, Answers], Any]
    example: str
    default: Callable[[Answers], str] = lambda _: ""
    belongs: Callable[[Answers], bool] = lambda _: True
    silent: Callable[[Answers], bool] = lambda _: False
    key: str = ""
    told: Callable[[Any], str] = lambda _: ""


class Dialogue:
    """What has been typed so far and how it was read. It writes nothing anywhere."""

    def __init__(self, terminal: Terminal, questions: Sequence[Question]) -> None:
        self._terminal, self._questions = terminal, questions
        self.answers: dict[str, Any] = {}
        self._typed: dict[str, str] = {}
        self._asked: list[str] = []
        self._taken: set[str] = set()  # silently, and to be taken anew when an answer before it changes

    def take(self, given: Mapping[str, str], *, ask: bool) -> tuple[list[str], int]:
        """Answers given before anything is asked, and what is missing of those that will not be asked; with the
        number of those that could not be read. Without `ask` defaults fill what was not given."""
        missing, refused = list[str](), 0
        for question in self._questions:
            if not question.belongs(self.answers):
                continue
            typed = given.get(question.name) or ("" if ask else question.default(self.answers))
            if typed:
                refused += not self._read(question, typed)
            elif not ask:
                missing.append(question.name)
        return missing, refused

    def run(self) -> None:
        """Ask what is open until all is answered and looked over. Raises EOFError and KeyboardInterrupt."""
        cast("io.TextIOWrapper[io.BufferedReader]", sys.stdin).reconfigure(
            errors="surrogateescape"
        )  # refused, no crash
        while True:
            question = self._open()
            if question is None:
                if not self._look_over():
                    return
            elif question.silent(self.answers) and question.name not in self._typed:
                self._read(question, question.default(self.answers))
                self._taken.add(question.name)
            else:
                self._ask(question)

    def _open(self) -> Question | None:
        return next((one for one in self._belonging() if one.name not in self.answers), None)

    def _belonging(self) -> list[Question]:
        return [one for one in self._questions if one.belongs(self.answers)]

    def _ask(self, question: Question) -> None:
        default = self._typed.get(question.name) or question.default(self.answers)
        asked = self._terminal.words(f"init.ask_{question.name}")
        number = len([name for name in self._asked if name != FIRST])
        self._say(
            f"\n{'' if question.name == FIRST else f'{number + 1}. '}{asked}" + (f" [{default}]" if default else "")
        )
        typed = _line()
        if typed.lower() in BACK:
            self._back()
        elif self._read(question, typed or default):
            self._asked.append(question.name)

    def _back(self) -> None:
        if self._asked:
            self.answers.pop(self._asked.pop(), None)
        else:
            self._terminal.say("init.nothing_before")

    def _read(self, question: Question, typed: str) -> bool:
        """Whether it could be read; if not, why not has been said. What hung on another answer is read anew."""
        try:
            self.answers[question.name] = question.read(typed, self.answers)
        except Unreadable as refusal:
            self._refuse(question, typed, refusal)
            return False
        self._typed[question.name] = typed
        self._terminal.language = self.answers.get("language", self._terminal.language)
        self._read_again(question)
        return True

    def _refuse(self, question: Question, typed: str, refusal: Unreadable) -> None:
        where = self._terminal.words(f"init.label_{question.name}")
        facts = {"where": where, "name": question.key or question.name, "example": question.example, **refusal.facts}
        self._terminal.complain(Unreadable(refusal.key if typed else "init.nothing", **facts))

    def _read_again(self, changed: Question) -> None:
        """An answer that fits the new one no more is asked for again; one that is no question any more is dropped."""
        later = self._questions[self._questions.index(changed) + 1 :]
        for question in later:
            if question.name in self.answers:
                before = self.answers.pop(question.name)
                if question.name in self._taken:
                    self._taken.remove(question.name)
                    del self._typed[question.name]
                elif question.belongs(self.answers):
                    self.answers[question.name] = before
                    self._keep_if_readable(question)

    def _keep_if_readable(self, question: Question) -> None:
        try:
            self.answers[question.name] = question.read(self._typed[question.name], self.answers)
        except Unreadable:
            del self.answers[question.name]

    def _look_over(self) -> bool:
        """Show every answer; True: one is to be changed."""
        shown = self._belonging()
        rows = [
            (f"{number:>3}", self._terminal.words(f"init.label_{one.name}"), self._shown(one))
            for number, one in enumerate(shown, 1)
        ]
        self._say("\n" + "\n".join(aligned(rows)))
        self._terminal.say("init.look_over")
        typed = _line()
        if typed.lower() in BACK:
            self._back()
        elif typed.isdecimal() and 0 < int(typed) <= len(shown):
            chosen = shown[int(typed) - 1]
            self._taken.discard(chosen.name)
            del self.answers[chosen.name]
            self._asked = [one for one in self._asked if one != chosen.name]
        elif typed:
            self._terminal.say("init.no_such_number", most=len(shown))
        return bool(typed)

    def _shown(self, question: Question) -> str:
        answer = self.answers[question.name]
        if key := question.told(answer):
            return self._terminal.words(key)
        names = cast("tuple[object, ...]", answer) if isinstance(answer, tuple) else (self._typed[question.name],)
        return self._terminal.words("init.several", several=[str(one) for one in names])

    def _say(self, text: str) -> None:
        print(text, flush=True)  # noqa: T201


def _line() -> str:
    """What is typed next. Raises EOFError at its end, and KeyboardInterrupt, which `input` may miss."""
    print(PROMPT, end="", flush=True)  # noqa: T201
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()
