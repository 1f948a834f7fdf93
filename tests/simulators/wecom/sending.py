"""message/send and message/update_template_card: channels.md 1.5 and 1.11 (pages 90236, 90313, 94888).

Repeated requests are told by their bytes. All of a call's recipients unknown, unlicensed or out of range: 81013.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from tests.simulators.wecom import cards
from tests.simulators.wecom.limits import DAY, HOUR, MINUTE
from tests.simulators.wecom.messages import TO_MEMBERS, read
from tests.simulators.wecom.reading import Json, Refusal, list_of, number_of, object_of, text_of, texts_of, wrong
from tests.simulators.wecom.world import World

MOST_USERS, MOST_PARTIES, MOST_TAGS = 1000, 100, 100


@dataclass(slots=True)
class Call:
    """A request as a handler gets it. `note`: what was special about it, for the record."""

    query: dict[str, str]
    body: Json
    raw: bytes
    ip: str
    note: str = ""


@dataclass(slots=True)
class Recipients:
    users: list[str] = field(default_factory=list[str])
    invalid: list[str] = field(default_factory=list[str])
    unlicensed: list[str] = field(default_factory=list[str])
    invalid_parties: list[str] = field(default_factory=list[str])
    invalid_tags: list[str] = field(default_factory=list[str])


def check_agent(world: World, body: Json) -> None:
    agentid = body.get("agentid")
    if not isinstance(agentid, int) or isinstance(agentid, bool):
        raise Refusal(40056, "invalid agentid")
    if agentid in world.corp.other_agents:
        raise Refusal(301002, "this agentid does not belong to the token")
    if agentid != world.corp.app.agentid:
        raise Refusal(40056, "invalid agentid")


def send(world: World, call: Call) -> Json:
    body, now = call.body, world.now()
    check_agent(world, body)
    number_of(body, "safe", 0, 0, 1)
    interval = number_of(body, "duplicate_check_interval", 1800, 1, 14_400)
    checked = number_of(body, "enable_duplicate_check", 0, 0, 1)
    digest = hashlib.sha256(call.raw).hexdigest()
    if checked and digest in world.sent and now < world.sent[digest][0]:
        call.note = "a duplicate: nothing was sent"
        return world.sent[digest][1]
    content = read(body, TO_MEMBERS, world.valid_media())
    found = _recipients(world, body)
    if not found.users:
        raise Refusal(81013, "all recipients are invalid")
    if content.card.get("card_type") in cards.INTERACTIVE and not world.corp.app.callback_url:
        raise wrong("interactive cards need a callback address")
    daily = [(world.corp.limits.account_cap * 200, DAY)]
    world.counter.check("the app's person-times", now, daily, len(found.users))
    if content.kind == "template_card" and content.task_id:
        world.cards.take(content.task_id)
    limits = world.corp.limits
    for userid in found.users:
        world.show(userid, content, [(limits.member_minute, MINUTE), (limits.member_hour, HOUR)])
    answer = _answer(world, found)
    if content.card.get("card_type") in cards.INTERACTIVE:
        answer["response_code"] = world.cards.code(content.task_id, found.users, now)
    if checked:
        world.sent[digest] = now + timedelta(seconds=interval), answer
    return answer


def _answer(world: World, found: Recipients) -> Json:
    lists = {
        "invaliduser": "|".join(found.invalid),
        "invalidparty": "|".join(found.invalid_parties),
        "invalidtag": "|".join(found.invalid_tags),
        "unlicenseduser": "|".join(found.unlicensed),
    }
    return {**{name: value for name, value in lists.items() if value}, "msgid": f"msg-{world.record.next()}"}


def _recipients(world: World, body: Json) -> Recipients:
    users, parties, tags = (
        [one for one in text_of(body, name).split("|") if one] for name in ("touser", "toparty", "totag")
    )
    if not users and not parties and not tags:
        raise Refusal(82001, "touser, toparty and totag are all empty")
    if len(users) > MOST_USERS:
        raise wrong("touser: at most 1000")
    if len(parties) > MOST_PARTIES:
        raise Refusal(82002, "toparty: at most 100")
    if len(tags) > MOST_TAGS:
        raise Refusal(82003, "totag: at most 100")
    found = Recipients(invalid_tags=tags)
    if users == ["@all"]:
        users = [member.userid for member in world.corp.range()]
    for party in parties:
        inside = [one.userid for one in world.corp.range() if party in {str(each) for each in one.departments}]
        users += inside
        found.invalid_parties += [] if inside else [party]
    for userid in dict.fromkeys(one.lower() for one in users):
        _place(world, found, userid)
    return found


def _place(world: World, found: Recipients, userid: str) -> None:
    member = world.corp.reachable(userid)
    if member is None:
        found.invalid.append(userid)
    elif not member.licensed:
        found.unlicensed.append(userid)
    else:
        found.users.append(userid)


def update_card(world: World, call: Call) -> Json:
    """For whoever is named and has the card; the code is spent even if it was for nobody."""
    body = call.body
    check_agent(world, body)
    users = [one.lower() for one in texts_of(body, "userids")]
    everybody = number_of(body, "atall", 0, 0, 1)
    if len(users) > MOST_USERS:
        raise wrong("userids: at most 1000")
    if not users and not everybody and not list_of(body, "partyids") and not list_of(body, "tagids"):
        raise Refusal(82001, "userids, partyids, tagids and atall are all empty")
    change = {name: object_of(body, name) for name in ("button", "template_card") if name in body}
    cards.check_change(change)
    task_id, allowed = world.cards.redeem(text_of(body, "response_code"), world.now())
    chosen = sorted(allowed) if everybody else users
    invalid = [one for one in chosen if one not in allowed or world.change_card(one, task_id, change) is None]
    return {"invaliduser": invalid} if invalid else {}
