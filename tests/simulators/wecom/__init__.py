"""A simulator of WeCom (企业微信) for tests and the demo: an independent reading of the documents.

async with simulator([Member("li", "李娜")], callback_url=url, now=clock.now) as wecom:
    await wecom.say("li", "1")                      # posted to the bot, sealed and signed
    wecom.faults.add(Fault("hang", "message/send", accepted=True))
    assert wecom.record.received("li") == [...]     # what she really saw
"""

from tests.simulators.wecom.callback import Verified
from tests.simulators.wecom.corp import App, Corp, Limits, Member
from tests.simulators.wecom.faults import Fault
from tests.simulators.wecom.people import CannotTap
from tests.simulators.wecom.reading import Refusal
from tests.simulators.wecom.record import APP, ApiCall, Delivered, Dropped, Line
from tests.simulators.wecom.server import Wecom, simulator

__all__ = [
    "APP",
    "ApiCall",
    "App",
    "CannotTap",
    "Corp",
    "Delivered",
    "Dropped",
    "Fault",
    "Limits",
    "Line",
    "Member",
    "Refusal",
    "Verified",
    "Wecom",
    "simulator",
]
