"""Whatever is posted, the simulator answers it or refuses it: it never stumbles."""

import contextlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.calling import AGENT, TOWN, buttons
from tests.simulators.wecom import Corp, Refusal
from tests.simulators.wecom.api import POSTS
from tests.simulators.wecom.sending import Call
from tests.simulators.wecom.world import World

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.sampled_from(["", "li", "t1", "好", "text", "button_interaction"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["title", "key", "text", "id"]), inner),
    max_leaves=6,
)
GOOD: dict[str, Any] = {
    "touser": "li",
    "agentid": AGENT,
    "msgtype": "template_card",
    "template_card": buttons(),
    "text": {"content": "1"},
    "chatid": "b1",
    "name": "张家支部",
    "userlist": ["li", "wang"],
    "userids": ["li"],
    "response_code": "x",
    "button": {"replace_name": "1"},
}
CARD_PARTS = [*buttons(), "horizontal_content_list", "checkbox", "select_list", "submit_button", "card_action"]


def post(path: str, body: dict[str, Any]) -> None:
    corp = Corp()
    corp.add(TOWN)
    corp.app.callback_url = "http://127.0.0.1:9/"
    with contextlib.suppress(Refusal):
        POSTS[path](World(corp), Call({}, body, repr(body).encode(), "127.0.0.1"))


@given(st.sampled_from(sorted(POSTS)), st.dictionaries(st.sampled_from([*GOOD, "safe", "owner", "atall"]), ANYTHING))
def test_any_field_may_be_anything(path: str, changes: dict[str, Any]) -> None:
    post(path, {**GOOD, **changes})


@given(st.dictionaries(st.sampled_from(CARD_PARTS), ANYTHING, max_size=3))
def test_any_part_of_a_card_may_be_anything(changes: dict[str, Any]) -> None:
    for path in ("message/send", "message/update_template_card"):
        post(path, {**GOOD, "template_card": {**buttons(), **changes}})
