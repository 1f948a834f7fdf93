"""A branch opens with a welcome, asks whether to go on, and closes with a summary to each by right."""

from bot.domain import cadence, instant
from bot.domain.branch import Branch, state_at, steps_to
from bot.domain.people import Belonging
from bot.flow import talks
from bot.learning import sharing
from bot.summary import closing_of_liaison, closing_of_member, closing_of_secretary
from bot.work import Work


def ring(work: Work, branch_id: str) -> None:
    """Take the branch through the states its dates have reached."""
    branch = work.tables.branches.get(branch_id)
    if branch is None:
        work.tables.alarms.put("branch", branch_id, None)
        return
    for state in steps_to(branch, state_at(branch, work.now)):
        work.tables.branches.set_state(branch.id, state, work.now)
        work.tables.facts.note(state, work.now, branch.id)
        {"running": _open, "closing": ask_to_extend, "closed": _close}[state](work, branch)
    work.mind_chat(branch)
    work.ring(work.tables.branches.get(branch_id) or branch)


def _open(work: Work, branch: Branch) -> None:
    for belonging in work.tables.members.of_branch(branch.id):
        welcome(work, branch, belonging, f"welcome:{branch.id}:{branch.opens}")
    for liaison in work.tables.branches.liaisons(branch.id):
        welcome_liaison(work, branch, liaison.id)
    work.tables.alarms.put("plan", branch.id, work.now)
    talks.attend(work, branch)


def welcome(work: Work, branch: Branch, belonging: Belonging, reason: str) -> None:
    """What it is, who answers for it, what is asked when, what is kept how long and who reads it."""
    rule = work.report_rule(branch)
    member = belonging.member
    work.owe(
        "branch.welcome",
        member.id,
        f"{reason}:{member.id}",
        branch=branch,
        name=member.name,
        branch_name=work.named(branch, member.id),
        party=branch.is_party_branch,
        approval={"by": branch.approval_by, "number": branch.approval_number},
        kind=branch.kind,
        opens=branch.opens.isoformat(),
        closes=branch.closes.isoformat(),
        liaisons=[one.name for one in work.tables.branches.liaisons(branch.id)],
        asks=cadence.parts(rule.ask),
        due_hours=rule.due.total_seconds() / 3600,
        words_days=work.config.keep.words.days,
        facts_days=work.config.keep.facts.days,
    )


def joined(work: Work, subject: str) -> None:
    """Somebody was added in chat: she hears what whoever was there from the first day heard."""
    branch_id, member = subject.rsplit("|", 1)
    work.tables.alarms.put("joined", subject, None)
    branch = work.tables.branches.get(branch_id)
    if branch:
        work.mind_chat(branch)
    for one in work.tables.members.of_branch(branch_id) if branch and branch.open else ():
        if branch and one.member.id == member and one.willing:
            welcome(work, branch, one, f"welcome:{branch_id}:{instant.text(work.now)}")


def welcome_liaison(work: Work, branch: Branch, liaison: str) -> None:
    members = work.tables.members.of_branch(branch.id)
    work.owe(
        "branch.opened",
        liaison,
        f"opened:{branch.id}:{branch.opens}:{liaison}",
        branch=branch,
        branch_name=work.named(branch, liaison),
        party=branch.is_party_branch,
        members=[one.member.name for one in members],
        opens=branch.opens.isoformat(),
        closes=branch.closes.isoformat(),
        first=work.on_duty(branch) == liaison,
    )


def ask_to_extend(work: Work, branch: Branch) -> None:
    liaison = work.on_duty(branch)
    if liaison and not branch.closing_settled:
        work.owe(
            "closing.question",
            liaison,
            f"closing:{branch.id}:{branch.closes}:{liaison}",
            branch=branch,
            expires_at=instant.end_of(branch.closes, branch.zone),
            branch_name=work.named(branch, liaison),
            closes=branch.closes.isoformat(),
            needs=len(work.tables.needs.unsettled(branch.id)),
        )


def tell_extended(work: Work, branch: Branch) -> None:
    """The file has given it a later last day: whoever counts on the old one hears of it."""
    willing = [one.member.id for one in work.tables.members.of_branch(branch.id) if one.willing]
    for member in sorted({*willing, *(one.id for one in work.tables.branches.liaisons(branch.id))}):
        work.owe(
            "closing.extended",
            member,
            f"extended:{branch.id}:{branch.closes}:{instant.text(work.now)}:{member}",
            branch=branch,
            branch_name=work.named(branch, member),
            closes=branch.closes.isoformat(),
        )


def _close(work: Work, branch: Branch) -> None:
    """Summaries go out, and after them nothing: what was still owed is dropped when it comes up."""
    work.tables.alarms.put("plan", branch.id, None)
    if branch.state == "planned":
        work.owe_admins("closing.never_opened", f"never_opened:{branch.id}:{branch.closes}", about=branch)
        return
    sharing.begin(work, branch)
    ended = f"closed:{branch.id}:{branch.closes}"
    for one in work.tables.members.of_branch(branch.id):
        facts = closing_of_member(work, branch, one.member.id)
        work.owe("closing.member", one.member.id, f"{ended}:member:{one.member.id}", branch=branch, filled_by=facts)
    for liaison in work.tables.branches.liaisons(branch.id):
        facts = closing_of_liaison(work, branch, liaison.id)
        work.owe("closing.liaison", liaison.id, f"{ended}:liaison:{liaison.id}", branch=branch, filled_by=facts)
    if branch.secretary:
        facts = closing_of_secretary(work, branch, branch.secretary)
        work.owe("closing.secretary", branch.secretary, f"{ended}:secretary", branch=branch, filled_by=facts)
