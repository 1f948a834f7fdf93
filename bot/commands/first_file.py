"""The first config.toml of a unit, with a remark at everything in it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.commands.answers import Approval


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the file says about itself: in Chinese with English after it, or in English."""

    language: str
    words: Callable[[str, str], str]

    def __call__(self, key: str) -> str:
        languages = ("zh", "en") if self.language == "zh" else ("en",)
        return "# " + " / ".join(self.words(language, key) for language in languages)

    def sample(self, key: str) -> str:
        return self.words(self.language, key)


@dataclass(frozen=True, slots=True)
class FirstBranch:
    name: str
    kind: str
    days: tuple[date, date]
    members: tuple[str, ...]  # none: they come by workbook, and the branch waits for them
    liaison: tuple[str, ...]
    approval: Approval | None
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that `lianxin init` asks."""

    language: str
    name: str
    admins: tuple[str, ...]
    branch: FirstBranch | None
    ask: str
    port: int

    def ids(self) -> dict[str, str]:
        """An id for each name, in the order they were given: p01, p02 and so on."""
        branch = self.branch
        names = dict.fromkeys((*self.admins, *(branch.liaison + branch.members if branch else ())))
        digits = max(2, len(str(len(names))))
        return {name: f"p{number:0{digits}}" for number, name in enumerate(names, 1)}


def text_of(beginning: Beginning, remark: Remarks) -> str:
    parts = (_head, _people, _rules, _branch, _more)
    return "\n".join("\n".join(part(beginning, remark)) + "\n" for part in parts)


def _head(beginning: Beginning, remark: Remarks) -> Iterator[str]:
    yield remark("init.file_head")
    yield remark("init.file_more")
    yield ""
    yield f"name     = {_text(beginning.name)}"
    yield f"admins   = {_ids(beginning, beginning.admins)}  {remark('init.file_admins')}"
    yield f"language = {_text(beginning.language)}  {remark('init.file_language')}"
    yield ""
    yield "[server]"
    yield f"listen = {_text(f'127.0.0.1:{beginning.port}')}  {remark('init.file_listen')}"
    yield ""
    yield "[channels.chat]"
    yield f'kind = "webchat"  {remark("init.file_chat")}'


def _people(beginning: Beginning, remark: Remarks) -> Iterator[str]:
    full = beginning.branch.full if beginning.branch else ()
    yield remark("init.file_people")
    yield remark("init.file_status")
    yield "[people]"
    for name, id_ in beginning.ids().items():
        status = ', status = "full"' if name in full else ""
        yield f"{id_} = {{ name = {_text(name)}{status} }}"
    yield ""
    yield remark("init.file_roster")
    yield "#[roster]"
    yield '#file = "members.xlsx"'


def _rules(beginning: Beginning, remark: Remarks) -> Iterator[str]:
    yield "[report]"
    yield f"ask = {_text(beginning.ask)}  {remark('init.file_ask')}"
    yield f'#due      = "20h"   {remark("init.file_due")}'
    yield f'#holidays = "skip"  {remark("init.file_holidays")}'
    yield ""
    yield "[limits]"
    yield f'#quiet = "20:00-07:30"  {remark("init.file_quiet")}'


def _branch(beginning: Beginning, remark: Remarks) -> Iterator[str]:
    branch = beginning.branch or _sample(beginning, remark)
    waits = not (beginning.branch and branch.members)
    yield remark("init.file_branch_waits" if waits else "init.file_branch")
    for line in _branch_lines(beginning, branch, remark):
        yield f"#{line}" if waits else line


def _branch_lines(beginning: Beginning, branch: FirstBranch, remark: Remarks) -> Iterator[str]:
    opens, closes = branch.days
    yield "[branches.b01]"
    yield f"name     = {_text(branch.name)}  {remark('init.file_codename')}"
    yield f"kind     = {_text(branch.kind)}  {remark('init.file_kind')}"
    yield f"from     = {opens}"
    yield f"to       = {closes}  {remark('init.file_last_day')}"
    yield f"liaison  = {_ids(beginning, branch.liaison)}  {remark('init.file_liaison')}"
    yield f"members  = {_ids(beginning, branch.members)}"
    if branch.approval:
        given = branch.approval
        yield f"approval = {{ by = {_text(given.by)}, number = {_text(given.number)}, date = {given.date} }}"
    else:
        yield remark("init.file_approval")


def _sample(beginning: Beginning, remark: Remarks) -> FirstBranch:
    """What a branch looks like, for somebody who has none yet."""
    days = date(2026, 3, 2), date(2026, 5, 29)
    return FirstBranch(remark.sample("init.sample_branch"), "case", days, (), beginning.admins, None, ())


def _more(_: Beginning, remark: Remarks) -> Iterator[str]:
    yield remark("init.file_study")
    yield "#[study.friday-class]"
    yield f"#title = {_text(remark.sample('init.sample_class'))}"
    yield '#when  = "fri 15:10"'


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ids(beginning: Beginning, names: tuple[str, ...]) -> str:
    ids = beginning.ids()
    return "[" + ", ".join(_text(ids[name]) for name in names) + "]"
