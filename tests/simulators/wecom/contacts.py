"""What an app may ask about itself and its members: channels.md 1.1, 1.9 and 1.11 (pages 92521, 90313).

A self-built app's own token reads members in its visible range; user/list_id wants the contact-sync secret.
"""

import re

from tests.simulators.wecom.corp import Member
from tests.simulators.wecom.reading import Json, Refusal, number_of, text_of
from tests.simulators.wecom.sending import Call
from tests.simulators.wecom.world import World

USERID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._@-]{0,63}")


def callback_ips(world: World, call: Call) -> Json:
    return {"ip_list": list(world.corp.callback_ips)}


def api_ips(world: World, call: Call) -> Json:
    return {"ip_list": list(world.corp.api_ips)}


def agent(world: World, call: Call) -> Json:
    app = world.corp.app
    asked = call.query.get("agentid", "")
    if asked in {str(one) for one in world.corp.other_agents}:
        raise Refusal(301002, "this agentid does not belong to the token")
    if asked != str(app.agentid):
        raise Refusal(40056, "invalid agentid")
    users = [] if app.root else [{"userid": member.userid} for member in world.corp.range()]
    return {
        "agentid": app.agentid,
        "name": app.name,
        "allow_userinfos": {"user": users},
        "allow_partys": {"partyid": [1] if app.root else []},
        "allow_tags": {"tagid": []},
        "close": 0,
    }


def user(world: World, call: Call) -> Json:
    userid = call.query.get("userid", "")
    if not USERID.fullmatch(userid):
        raise Refusal(40003, "invalid userid")
    member = world.corp.member(userid)
    if member is None:
        raise Refusal(60111, "userid not found")
    if not member.visible:
        raise Refusal(60011, "not in the app's visible range")
    return {**_short(member), "status": 1, "isleader": 0}


def simple_list(world: World, call: Call) -> Json:
    department = call.query.get("department_id", "")
    if not department.isdecimal():
        raise Refusal(40058, "department_id is missing")
    everybody = world.corp.range()
    inside = [one for one in everybody if department == "1" or int(department) in one.departments]
    return {"userlist": [_short(one) for one in inside]}


def list_id(world: World, call: Call) -> Json:
    if not world.corp.app.contacts:
        raise Refusal(48002, "api forbidden: needs the contact-sync secret")
    most = number_of(call.body, "limit", 10_000, 1, 10_000)
    cursor = text_of(call.body, "cursor")
    start = int(cursor) if cursor.isdecimal() else 0
    pairs = [(one.userid, department) for one in world.corp.members.values() for department in one.departments]
    page = [{"userid": userid, "department": department} for userid, department in pairs[start : start + most]]
    more = {"next_cursor": str(start + most)} if start + most < len(pairs) else {}
    return {"dept_user": page, **more}


def departments(world: World, call: Call) -> Json:
    ids = sorted({department for one in world.corp.range() for department in one.departments} | {1})
    return {"department_id": [{"id": one, "parentid": 0 if one == 1 else 1, "order": one} for one in ids]}


def _short(member: Member) -> Json:
    return {"userid": member.userid, "name": member.name, "department": list(member.departments)}
