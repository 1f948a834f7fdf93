"""The mornings of a training that hands something in: its owner hears of what is due tomorrow, today, or late."""

from datetime import datetime, time, timedelta

from bot.domain import instant
from bot.domain.branch import Branch
from bot.learning import project
from bot.work import Work

MORNING, A_DAY = time(9, 0), timedelta(days=1)
KINDS = {1: "project.tomorrow", 0: "project.today", -1: "project.late"}


def ring(work: Work, branch_id: str) -> None:
    branch = work.tables.branches.get(branch_id)
    waits = project.waiting(work, branch) if branch and branch.state not in ("closed", "planned") else []
    if branch is None or not waits:
        planned = branch is not None and branch.state == "planned" and project.wanted(work, branch)
        work.tables.alarms.put("project", branch_id, _next_morning(work) if planned else None)
        return
    for name in waits:
        _remind(work, branch, name)
    work.tables.alarms.put("project", branch_id, _next_morning(work))


def _remind(work: Work, branch: Branch, name: str) -> None:
    """Each of the three once."""
    found, owner = project.wanted(work, branch), project.owner(work, branch)
    due = found.deliverables[name] if found else None
    kind = KINDS.get((due - work.today(branch)).days) if due else None
    if due and kind and owner:
        told = {"what": name, "due": due.isoformat(), "branch_name": work.named(branch, owner)}
        work.owe(kind, owner, f"{kind}:{branch.id}:{name}:{due}", branch=branch, filled_by=told)


def _next_morning(work: Work) -> datetime:
    today = instant.start_of(instant.day_of(work.now, work.zone), work.zone, MORNING)
    return today if today > work.now else today + A_DAY
