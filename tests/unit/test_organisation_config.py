"""What the file says of party groups, meetings, talks and care; and the pack of talks that the example offers."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.config import model
from bot.config.load import problem_lines, read
from bot.domain.talk import SHIPPED
from bot.domain.trigger import parse_trigger
from bot.errors import ConfigBroken
from bot.flow.settings import settings_of
from bot.render import LANGUAGES
from tests.unit.roster_unit import PEOPLE, UNIT
from tests.unit.test_config import EXAMPLE, FILE, MINIMAL
from tests.unit.test_config_bad import SAY
from tests.workbooks import HEADS, xlsx

GROUPS = '[groups.first-1]\nname = "第一党小组"\nleader = "zhou"\n'


def config(more: str) -> model.Config:
    return read(MINIMAL + more, FILE)


def test_nothing_is_on_but_the_wish_to_talk() -> None:
    found = config("")
    assert (found.talks, found.care, found.duty.weekly_meeting.when) == (SHIPPED, model.Care(), None)


def test_a_rule_of_ones_own_stands_beside_the_shipped_one_which_may_be_changed_or_switched_off() -> None:
    text = '[talks.long]\nname = "离岗"\nwhen = "away 30d"\n[talks.on_request]\nby = "secretary"\n'
    found = config(text).talks
    assert (found["on_request"].by, found["on_request"].name) == ("secretary", "想聊聊")
    assert (found["long"].when, found["long"].by) == (parse_trigger("away 30d"), "liaison")
    assert config('[talks.on_request]\nwhen = "none"\n').talks["on_request"].when is None


def test_festivals_are_days_with_quotation_marks_or_without_and_schedules() -> None:
    care = config('[care]\nafter = "30d"\nfestivals = [2027-02-01, "2028-01-21", "yearly 07-01"]\n').care
    assert [one.dates for one in care.festivals] == [(date(2027, 2, 1),), (date(2028, 1, 21),), ()]
    assert (care.after, care.every) == (timedelta(days=30), None)


def test_a_branch_says_of_a_meeting_only_what_differs() -> None:
    own = 'weekly_meeting = { by = "liaison" }\nmonthly_comment = { when = "monthly 5 09:00" }\n'
    unit = '[duty]\nweekly_meeting = { when = "mon 09:00" }\n'
    branch = config(own + unit).branches["qingfeng"]
    assert branch.weekly_meeting.when
    assert (branch.weekly_meeting.when.text, branch.weekly_meeting.by) == ("mon 09:00", "liaison")
    assert branch.monthly_comment.holidays == "before"
    assert config(own + unit).duty.weekly_meeting.by == "secretary"


def test_a_person_is_in_a_party_group_by_the_file_or_by_the_roster(tmp_path: Path) -> None:
    text = MINIMAL.replace('status = "full"', 'status = "full", group = "first-1"') + GROUPS
    assert read(text, FILE).people["chen"].group == "first-1"
    rows = [[*HEADS, "党小组"], *([*row, "第一党小组"] for row in PEOPLE[1:])]
    xlsx(tmp_path / "members.xlsx", rows)
    found = read(UNIT + GROUPS, tmp_path / "unit.toml")
    assert {one.group for one in found.people.values()} == {"first-1"}


def test_without_groups_the_roster_may_say_any_word(tmp_path: Path) -> None:
    xlsx(tmp_path / "members.xlsx", [[*HEADS, "网格"], *([*row, "东区"] for row in PEOPLE[1:])])
    assert read(UNIT, tmp_path / "unit.toml").people["chen"].group == "东区"


def test_the_pack_of_the_example_works_when_its_marks_are_removed() -> None:
    begins, ends = EXAMPLE.index("# [talks.long_away]"), EXAMPLE.index("[care]")
    live = re.sub(r"(?m)^# ", "", EXAMPLE[begins:ends])
    found = read(EXAMPLE[:begins] + live + EXAMPLE[ends:], FILE).talks
    assert list(found) == ["on_request", "long_away", "support", "spring_festival", "first_of_july", "org_life"]
    assert all(rule.when and rule.english for rule in found.values())


def test_what_lives_nowhere_else_is_shown_before_it_is_applied() -> None:
    text = '[talks.long]\nname = "离岗"\nwhen = "away 30d"\n[care]\nafter = "30d"\n' + GROUPS
    shown = settings_of(config(text))
    assert shown["talks.long"] == "离岗, talk, away 30d, liaison, 5d"
    assert shown["groups.first-1"] == "第一党小组, , zhou"
    assert (shown["care.after"], shown["care.every"]) == ("30d", "none")
    assert shown["people.chen.group"] == ""
    assert shown["branches.qingfeng.weekly_meeting.by"] == "secretary"


@pytest.mark.parametrize(("cell", "key"), [("民兵连", "roster.unknown_group"), ("党小组", "roster.unknown_group_like")])
def test_a_party_group_that_is_not_there_is_named_with_its_cell(tmp_path: Path, cell: str, key: str) -> None:
    xlsx(tmp_path / "members.xlsx", [[*HEADS, "党小组"], *([*row, cell] for row in PEOPLE[1:2]), *PEOPLE[2:]])
    with pytest.raises(ConfigBroken) as caught:
        read(UNIT + GROUPS, tmp_path / "unit.toml")
    ((problem, facts),) = problem_lines(caught.value)
    assert (problem.key, facts["row"], facts["head"]) == (key, 2, "党小组")
    assert all("None" not in SAY.say(language, problem.key, facts) for language in LANGUAGES)
