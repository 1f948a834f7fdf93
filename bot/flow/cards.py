"""Which messages come with a card, and what can be tapped on it. A tap says what is written on the button.

The text before it says the same: personal WeChat (the WeChat plugin) shows no cards.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.domain.branch import Kind
from bot.domain.people import Member
from bot.message import Card
from bot.render import Renderer
from bot.store.outbox import Owed
from bot.work import Work

Taps = tuple[str, ...]
# What the bot understands of a report, a need or a silence; at most six fit on a card.
REPORT: Mapping[str, Mapping[Kind, Taps]] = {
    "zh": {
        "case": ("一切正常", "节点紧张", "需要支援", "求助", "稍后", "静默"),
        "training": ("一切正常", "学习紧张", "求助", "稍后", "静默"),
        "secondment": ("一切正常", "工作紧张", "求助", "稍后", "静默"),
    },
    "en": {
        "case": ("all well", "work: tight", "need support", "help", "later", "silence"),
        "training": ("all well", "training: tight", "help", "later", "silence"),
        "secondment": ("all well", "work: tight", "help", "later", "silence"),
    },
}
CLAIM: Mapping[str, str] = {"zh": "认领 {number}", "en": "claim {number}"}
SOLVED: Mapping[str, Taps] = {
    "zh": ("解决了 {number}", "没解决 {number}"),
    "en": ("solved {number}", "not solved {number}"),
}


def card_with(work: Work, renderer: Renderer, person: Member, said: Sequence[Owed]) -> Card | None:
    """The card that comes with a letter: at most one, or a phone full of them would be as bad as none. A report goes
    before a need; of several needs the text tells."""
    asked = [row for row in said if row.kind in ASKS]
    needs = [row for row in said if row.kind in NEEDS]
    if asked:
        return _report(work, renderer, person, asked[0])
    return NEEDS[needs[0].kind](renderer, person, needs[0]) if len(needs) == 1 else None


def _report(work: Work, renderer: Renderer, person: Member, row: Owed) -> Card | None:
    branch = work.tables.branches.get(row.branch) if row.branch else None
    if branch is None:
        return None
    title, hint = (renderer.say(person.language, f"card.report_{one}") for one in ("title", "hint"))
    return Card(title, hint, REPORT[person.language][branch.kind], work.named(branch, person.id), row.facts["round"])


def _claim(renderer: Renderer, person: Member, row: Owed) -> Card:
    return _need("claim", (CLAIM[person.language],), renderer, person, row)


def _solved(renderer: Renderer, person: Member, row: Owed) -> Card:
    return _need("solved", SOLVED[person.language], renderer, person, row)


def _need(name: str, taps: Taps, renderer: Renderer, person: Member, row: Owed) -> Card:
    number = row.facts["number"]
    title, hint = (renderer.say(person.language, f"card.{name}_{one}", {"number": number}) for one in ("title", "hint"))
    return Card(title, hint, tuple(one.format(number=number) for one in taps), row.facts.get("branch_name", ""))


ASKS = frozenset({"report.question", "report.reminder", "numbers.question", "numbers.reminder", "nudging.gentle"})
NEEDS: Mapping[str, Callable[[Renderer, Member, Owed], Card]] = {
    "need.raised": _claim,
    "needs.open_again": _claim,
    "needs.done": _solved,
    "needs.ask_again": _solved,
}
