"""A training as a project: what it hands in, by when, and who sees to it."""

from bot.config.model import Branch as Wanted
from bot.domain.branch import Branch
from bot.work import Work


def wanted(work: Work, branch: Branch) -> Wanted | None:
    found = work.config.branches.get(branch.id)
    return found if found and found.deliverables else None


def owner(work: Work, branch: Branch) -> str:
    """Whoever the file names, else the liaison officer on duty."""
    found = work.config.branches.get(branch.id)
    named = found.owner if found else ""
    return named if named in work.config.people else work.on_duty(branch) or ""


def fact(branch: str, name: str) -> str:
    return f"delivered:{branch}:{name}"


def waiting(work: Work, branch: Branch) -> list[str]:
    """What is not handed in yet, the soonest first."""
    found = wanted(work, branch)
    named = sorted(found.deliverables, key=lambda one: (found.deliverables[one], one)) if found else []
    return [one for one in named if not work.tables.facts.setting(fact(branch.id, one))]


def hand_in(work: Work, branch: Branch, name: str, by: str) -> None:
    work.tables.facts.put(fact(branch.id, name), f"{by} {work.today()}")
    work.tables.facts.note("delivered", work.now, branch.id, by, name)
