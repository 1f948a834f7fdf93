"""A talk that is due: who hears of it when, and how a rule is named."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.chain import POSTS, Posts, chain_of, climbs_to, who_acts
from bot.domain.talk import RUNGS, SHIPPED, TOLD, UNTOLD, Rule, Talk, due_day, next_step
from bot.domain.trigger import parse_trigger

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 2)
TALK = Talk("t", 1, "b", "li", "talk", "r", "liaison", "zhou", None, DAY, date(2026, 3, 7), 5, rung=TOLD)


def local(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%m-%d %H:%M}" if moment else ""


def test_one_is_told_in_the_morning_then_those_above_after_its_days() -> None:
    steps = [local(next_step(replace(TALK, rung=rung), ZONE)) for rung in range(UNTOLD, RUNGS + 2)]
    assert steps == ["03-02 09:00", "03-08 00:00", "03-13 00:00", ""]


def test_what_is_held_is_told_of_no_more() -> None:
    assert next_step(replace(TALK, state="held"), ZONE) is None
    assert not replace(TALK, state="held").overdue(date(2026, 4, 1))


def test_it_is_overdue_from_the_day_after() -> None:
    assert [TALK.overdue(date(2026, 3, day)) for day in (7, 8)] == [False, True]


@pytest.mark.parametrize(
    ("days", "meeting", "due"),
    [(5, None, "03-07"), (0, None, "03-03"), (5, date(2026, 3, 4), "03-04"), (5, date(2026, 3, 9), "03-07")],
)
def test_one_has_so_many_days_but_the_meeting_does_not_wait(days: int, meeting: date | None, due: str) -> None:
    assert f"{due_day(DAY, timedelta(days=days), meeting):%m-%d}" == due


@pytest.mark.parametrize(
    ("when", "cause"),
    [
        ("on request", "request"),
        ("need support", "need"),
        ("need talk,support", "need"),
        ("away 3d", "away"),
        ("2027-02-01", "dates"),
        ("yearly 07-01", "dates"),
        ("3d before x", "before"),
    ],
)
def test_the_page_of_help_goes_by_what_triggered_it(when: str, cause: str) -> None:
    assert Rule("x", parse_trigger(when)).cause == cause


def test_nothing_but_the_wish_to_talk_is_shipped() -> None:
    assert [(id_, rule.by, rule.kind) for id_, rule in SHIPPED.items()] == [("on_request", "liaison", "talk")]


def test_a_rule_has_the_name_of_the_readers_language_where_there_is_one() -> None:
    rule = Rule("七一", None, english="1 July")
    assert [rule.named(language) for language in ("zh", "en")] == ["七一", "1 July"]
    assert Rule("七一", None).named("en") == "七一"


POSTS_OF_LI: Posts = {
    "liaison": ("zhou",),
    "deputy": ("wu",),
    "group_leader": ("he",),
    "secretary": ("ma",),
    "home_secretary": ("ma",),
    "contact_leader": ("lin",),
    "organ_committee": ("qian", "wu"),
    "leading_party_group": ("lin",),
}


def people(posts: Posts, member: str = "li") -> list[str]:
    return [link.person for link in chain_of(member, posts)]


def test_the_chain_goes_upwards_without_doubles_and_without_herself() -> None:
    assert people(POSTS_OF_LI) == ["zhou", "wu", "he", "ma", "lin", "qian"]
    assert people(POSTS_OF_LI, "ma") == ["zhou", "wu", "he", "lin", "qian"]
    assert [link.post for link in chain_of("li", POSTS_OF_LI)] == [
        "liaison",
        "deputy",
        "group_leader",
        "secretary",
        "contact_leader",
        "organ_committee",
    ]


def test_every_post_has_its_place_and_none_need_be_held() -> None:
    each: Posts = {post: (post,) for post in POSTS}
    assert people(each) == list(POSTS)
    assert chain_of("li", {}) == ()


@pytest.mark.parametrize(
    ("member", "post", "acts"),
    [
        ("li", "liaison", "zhou"),
        ("zhou", "liaison", "ma"),
        ("li", "home_secretary", "ma"),
        ("ma", "secretary", "lin"),
        ("li", "leading_party_group", "lin"),
    ],
)
def test_who_acts_is_whoever_holds_the_post_or_else_who_oversees(member: str, post: str, acts: str) -> None:
    assert who_acts(member, POSTS_OF_LI, post) == acts  # pyright: ignore[reportArgumentType]


def test_where_nobody_oversees_the_nearest_acts_and_where_nobody_is_nobody() -> None:
    assert who_acts("li", {"deputy": ("wu",)}, "secretary") == "wu"
    assert who_acts("li", {"secretary": ("li",)}, "secretary") is None


@pytest.mark.parametrize(
    ("member", "besides", "hear"),
    [
        ("li", "zhou", ["ma", "lin", "qian", "wu"]),
        ("li", "ma", ["lin", "qian", "wu"]),
        ("lin", "zhou", ["ma", "qian", "wu"]),
    ],
)
def test_what_one_has_left_undone_climbs_to_those_who_oversee(member: str, besides: str, hear: list[str]) -> None:
    assert list(climbs_to(member, POSTS_OF_LI, besides)) == hear
