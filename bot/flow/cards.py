"""Which messages come with a card, and what can be tapped on it. A tap says what is written on the button.

The text before it says the same: personal WeChat (the WeChat plugin) shows no cards.
"""

from collections.abc import Mapping, Sequence

from bot.domain.people import Member
from bot.message import Card
from bot.render import Renderer
from bot.store.outbox import Owed
from bot.work import Work


def card_with(work: Work, renderer: Renderer, person: Member, said: Sequence[Owed]) -> Card | None:
    """The card that comes with a letter: at most one, or a phone full of them would be as bad as none. A report goes
    before a need; of several needs the text tells."""
    asked = [row for row in said if row.kind in ASKS]
    needs = [row for row in said if row.kind in NEEDS]
    if asked:
        return _report(work, renderer, person, asked[0])
    return _need(NEEDS[needs[0].kind], renderer, person, needs[0]) if len(needs) == 1 else None


def _report(work: Work, renderer: Renderer, person: Member, row: Owed) -> Card | None:
    branch = work.tables.branches.get(row.branch) if row.branch else None
    if branch is None:
        return None
    title, hint = (renderer.say(person.language, f"card.report_{one}") for one in ("title", "hint"))
    taps = taps_of(renderer, person.language, branch.kind)
    return Card(title, hint, taps, work.named(branch, person.id), row.facts["round"])


def _need(name: str, renderer: Renderer, person: Member, row: Owed) -> Card:
    number = row.facts["number"]
    title, hint = (renderer.say(person.language, f"card.{name}_{one}", {"number": number}) for one in ("title", "hint"))
    return Card(title, hint, taps_of(renderer, person.language, name, number), row.facts.get("branch_name", ""))


def taps_of(renderer: Renderer, language: str, name: str, number: int = 0) -> tuple[str, ...]:
    """What can be tapped on that card; each is something the bot understands."""
    return tuple(renderer.say(language, f"card.taps_{name}", {"number": number}).split(" / "))


ASKS = frozenset({"report.question", "report.reminder", "numbers.question", "numbers.reminder", "nudging.gentle"})
NEEDS: Mapping[str, str] = {
    "need.raised": "claim",
    "needs.open_again": "claim",
    "needs.done": "solved",
    "needs.ask_again": "solved",
}
