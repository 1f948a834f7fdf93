"""The next step of a group chat, from what there should be and what there is; whatever fails, it comes to rest."""

from dataclasses import replace
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.group_chat import After, Done, GroupChat, Outcome, Step, Wanted, after, chat_id, next_step

WANTED = Wanted(
    True, "清风专班", "Ma", {"Li": "li", "Wang": "wang", "Ma": "ma"}, frozenset({"Li", "Ma"}), "欢迎", "再见"
)
NONE = GroupChat(chat_id("qingfeng", "ww1"))
DONE = Done("done")
SEEN = GroupChat(NONE.id, "there", "旧名", "wang", frozenset({"wang", "sun"}))


def through(wanted: Wanted, chat: GroupChat, most: int = 20) -> tuple[GroupChat, list[Step]]:
    """Every step done, until there is none."""
    steps: list[Step] = []
    while (step := next_step(wanted, chat)) and len(steps) < most:
        steps.append(step)
        chat = after(chat, step, replace(DONE, found=SEEN if step.kind == "look" else None)).chat
    return chat, steps


def made() -> GroupChat:
    return through(WANTED, NONE)[0]


def kinds(steps: list[Step]) -> list[str]:
    return [one.kind for one in steps]


def test_the_id_is_letters_and_figures_and_the_same_each_time() -> None:
    assert chat_id("qingfeng", "ww1") == NONE.id
    assert len({NONE.id, chat_id("hailan", "ww1"), chat_id("qingfeng", "ww2")}) == 3
    assert NONE.id.isalnum()
    assert len(NONE.id) == 32


def test_a_branch_that_opens_gets_a_chat_and_a_word_at_once() -> None:
    chat, steps = through(WANTED, NONE)
    assert kinds(steps) == ["create", "say"]
    assert (steps[0].add, steps[0].owner, steps[1].text) == (("Li", "Ma", "Wang"), "Ma", "欢迎")
    assert chat.people == {"li", "wang", "ma"}


def test_with_fewer_than_two_people_there_is_none() -> None:
    assert next_step(replace(WANTED, people={"Li": "li"}), NONE) is None


def test_who_comes_and_who_goes_is_one_call_and_so_is_a_new_name() -> None:
    wanted = replace(WANTED, name="清风", people={"Li": "li", "Chen": "chen", "Ma": "ma"})
    _, steps = through(wanted, made())
    assert steps == [Step("update", NONE.id, "清风", "", ("Chen",), ("wang",))]


def test_when_the_owner_leaves_somebody_else_is_named_in_the_same_call() -> None:
    _, steps = through(replace(WANTED, owner="Li", people={"Li": "li", "Wang": "wang"}), made())
    assert steps == [Step("update", NONE.id, "", "Li", (), ("ma",))]
    _, steps = through(replace(WANTED, owner="", people={"Li": "li", "Wang": "wang"}), made())
    assert steps == [Step("update", NONE.id, "", "li", (), ("ma",))]


def test_nobody_is_taken_out_where_fewer_than_two_would_stay() -> None:
    assert next_step(replace(WANTED, people={"Ma": "ma"}), made()) is None


def test_at_the_end_it_is_renamed_and_says_goodbye_and_nobody_is_taken_out() -> None:
    closed = replace(WANTED, open=False, name="[已结束] 清风专班", people={})
    chat, steps = through(closed, made())
    assert steps == [Step("update", NONE.id, "[已结束] 清风专班"), Step("say", NONE.id, text="再见")]
    assert (chat.parted, len(chat.people)) == (True, 3)


def test_a_long_name_is_cut_to_what_is_allowed() -> None:
    assert len(through(replace(WANTED, name="清" * 60), NONE)[1][0].name) == 50


def test_one_that_was_made_before_is_looked_at_and_brought_up_to_date() -> None:
    found = after(NONE, Step("create", NONE.id), Done("exists"))
    assert next_step(WANTED, found.chat) == Step("look", NONE.id)
    chat = after(found.chat, Step("look", NONE.id), Done("done", SEEN)).chat
    _, steps = through(WANTED, chat)
    assert steps == [
        Step("say", NONE.id, text="欢迎"),
        Step("update", NONE.id, "清风专班", "Ma", ("Li", "Ma"), ("sun",)),
    ]


def test_one_that_the_platform_does_not_let_in_keeps_out_nobody_else() -> None:
    wanted = replace(WANTED, people={**WANTED.people, "Sun": "sun", "Xu": "xu"})
    chat, refused = made(), list[Step]()
    while step := next_step(wanted, chat):
        done = Done("illegal") if "Sun" in step.add else DONE
        refused += [step] if done.outcome == "illegal" else []
        chat = after(chat, step, done).chat
    assert chat.people == {"li", "wang", "ma", "xu"}
    assert (chat.shut, len(refused)) == ({"sun"}, 2)


def test_where_one_is_refused_at_the_beginning_it_is_made_of_those_who_have_been_reached() -> None:
    chat = after(NONE, Step("create", NONE.id, add=("Li", "Ma", "Wang")), Done("illegal")).chat
    _, steps = through(WANTED, chat)
    assert steps[0] == Step("create", NONE.id, "清风专班", "Ma", ("Li", "Ma"))
    assert steps[-1] == Step("update", NONE.id, "", "", ("Wang",))
    assert next_step(replace(WANTED, sure=frozenset({"Li"})), chat) is None


def test_a_chat_somebody_has_dissolved_is_made_again() -> None:
    chat = after(made(), Step("update", NONE.id), Done("gone")).chat
    assert kinds(through(WANTED, chat)[1]) == ["create", "say"]


def test_without_the_right_the_branch_goes_without_and_says_why() -> None:
    found = after(NONE, Step("create", NONE.id), Done("refused", why="permission"))
    assert (found.chat.state, found.why, found.wait.days) == ("without", "permission", 1)
    assert next_step(WANTED, found.chat) == next_step(WANTED, NONE)


def test_what_was_said_without_an_answer_is_not_said_again() -> None:
    _, (create, greeting) = through(WANTED, NONE)
    chat = after(after(NONE, create, DONE).chat, greeting, Done("unclear")).chat
    assert next_step(WANTED, chat) is None
    assert after(NONE, create, Done("unclear")).wait.total_seconds() > 0


PEOPLE = st.dictionaries(st.sampled_from(["Li", "Wang", "Ma", "Sun", "Xu"]), st.just("x"), max_size=5)
WANTS = st.builds(Wanted, st.booleans(), st.sampled_from(["甲", "乙"]), st.sampled_from(["", "Ma", "Li"]), PEOPLE)


@given(st.lists(st.tuples(WANTS, st.sampled_from(get_args(Outcome))), max_size=12), WANTS)
def test_whatever_went_wrong_before_it_comes_to_rest_as_it_should_be(
    troubles: list[tuple[Wanted, Outcome]], wanted: Wanted
) -> None:
    chat = NONE
    for once, outcome in troubles:
        if step := next_step(once, chat):
            found: After = after(chat, step, Done(outcome, why="x"))
            chat = replace(found.chat, parted=False)
    chat, steps = through(wanted, replace(chat, shut=frozenset(), singly=False))
    assert len(steps) < 20
    if wanted.open and len(wanted.people) >= 2 and chat.name:
        assert chat.people == {one.lower() for one in wanted.people} or len(chat.people) <= 2
        assert chat.name == wanted.name
