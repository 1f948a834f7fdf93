"""Every way an admin's file can be wrong: one clear sentence each, all of them at once, and never a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.load import load, problem_lines, read
from bot.config.source import decode
from bot.errors import ConfigBroken, Unreadable
from bot.render import LANGUAGES, Renderer

ROOT = Path(__file__).parents[2]
FILE = Path("unit.toml")
SAY = Renderer(ROOT / "templates" / "say")
EXAMPLE = (ROOT / "config.example.toml").read_bytes()
CASE_NUMBER = f"({2026})示{9999}刑初{1}号"
NAME = "清" * 41

GOOD = """\
name = "示例院"
admins = ["zhou"]
language = "zh"
time_zone = "Asia/Shanghai"
[server]
listen = "127.0.0.1:8080"
public_url = "http://127.0.0.1:8080"
[store]
url = "sqlite:data/lianxin.db"
[channels.chat]
kind = "webchat"
[people.zhou]
name = "周敏"
[people.chen]
name = "陈晓"
status = "full"
home = "first"
chat = "chen-1"
[people.li]
name = "李明"
[homes.first]
name = "第一党支部"
secretary = "zhou"
[report]
ask = "mon,thu 17:40"
due = "20h"
early = "24h"
holidays = "skip"
[silence]
liaison = "4h"
[branches.qingfeng]
name = "清风专班"
kind = "case"
from = 2026-03-02
to = 2026-05-29
liaison = ["zhou"]
members = ["chen", "li"]
approval = { by = "机关党委", number = "7号", date = 2026-02-27 }
report = { work = "closed" }
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-09
to = 2026-03-20
liaison = ["zhou"]
members = ["li"]
[study.friday]
title = "周五课堂"
when = "fri 15:10"
remind = ["1d"]
audience = "all"
link = "https://www.example.cn"
[digest]
daily = "workdays 18:20"
[calendar]
off = [2027-01-01]
[limits]
quiet = "20:00-07:30"
prompts_per_day = 3
[gate]
words = ["青松*"]
[keep]
words = "30d"
facts = "2y"
group_of_at_least = 5
"""

# the sentence, what is changed in the good file, and into what
BAD = [
    # how it is written
    ("syntax_full_width", 'name = "示例院"', 'name ＝ "示例院"'),
    ("syntax_full_width", 'name = "示例院"', "name = “示例院”"),
    ("syntax_full_width", 'admins = ["zhou"]', 'admins = ["zhou"，"li"]'),
    ("syntax_full_width", "[server]", "【server】"),
    ("syntax_quote", 'name = "示例院"', 'name = "示例院'),
    ("syntax_quote", 'name = "示例院"', "name = '示例院"),
    ("syntax_quote", "group_of_at_least = 5", 'group_of_at_least = "5'),
    ("syntax_backslash", '"sqlite:data/lianxin.db"', '"sqlite:D:\\Users\\db"'),
    ("syntax_character", 'language = "zh"', 'language = "z\x00h"'),
    ("syntax_equals", 'language = "zh"', 'language "zh"'),
    ("syntax_value", 'language = "zh"', "language = zh"),
    ("syntax_value", 'language = "zh"', "language ="),
    ("syntax_statement", 'language = "zh"', '= "zh"'),
    ("syntax_statement", 'language = "zh"', "这是说明"),
    ("syntax_rest", 'due = "20h"', 'due = "20h" 小时'),
    ("syntax_bracket", 'admins = ["zhou"]', 'admins = ["zhou" "li"]'),
    ("syntax_bracket", "[server]", "[server"),
    ("syntax_twice", 'language = "zh"', 'language = "zh"\nlanguage = "en"'),
    ("syntax_twice", "[branches.hailan]", "[branches.qingfeng]"),
    ("syntax_date", "from = 2026-03-02", "from = 2026-02-30"),
    ("syntax_nested", 'language = "zh"', "language = " + "[" * 4000),
    ("syntax_number", "prompts_per_day = 3", "prompts_per_day = " + "3" * 5000),
    ("syntax_equals", 'language = "zh"', 'language = {"a" "zh"}'),
    # names of tables and keys
    ("unknown_key_like", 'language = "zh"', 'langage = "zh"'),
    ("unknown_key", 'language = "zh"', 'colour = "red"'),
    ("unknown_key_like", "members = [", 'memebers = ["li"]\nmembers = ['),
    ("unknown_key", 'holidays = "skip"', 'bonus = "100"'),
    ("unknown_key_like", 'report = { work = "closed" }', 'report = { works = "closed" }'),
    ("unknown_key_like", 'chat = "chen-1"', 'chatt = "chen-1"'),
    ("unknown_key", 'chat = "chen-1"', 'wecom = "ChenXiao"'),
    ("unknown_table_like", "[limits]", "[limit]"),
    ("unknown_table", "[limits]", "[weather]\nrain = true\n[limits]"),
    ("later", "[limits]", '[roster]\nfile = "members.xlsx"\n[limits]'),
    ("later", "[limits]", '[duty]\napprover = "zhou"\n[limits]'),
    ("later", 'daily = "workdays 18:20"', 'weekly = "fri 16:40"'),
    ("later", 'daily = "workdays 18:20"', 'monthly = "monthly 3 09:10"'),
    ("later", 'liaison = "4h"', 'contact_leader = "28h"'),
    ("later", 'kind = "training"', 'kind = "training"\nchannel = "chat"'),
    ("later_value", "[people.zhou]", '[channels.wecom]\nkind = "wecom"\ncorp_id = "ww0"\nagent_id = 1\n[people.zhou]'),
    ("later_value", '"sqlite:data/lianxin.db"', '"postgresql://bot:pass@db/lianxin"'),
    ("secret_in_file", 'kind = "webchat"', 'kind = "webchat"\nsecret = "s"'),
    ("secret_in_file", 'kind = "webchat"', 'kind = "webchat"\nencoding_aes_key = "s"'),
    ("bad_id", "[homes.first]", '[homes."第一"]\nname = "甲"\n[homes.first]'),
    ("bad_id", "[study.friday]", "[study.Friday]"),
    ("bad_id", "[branches.hailan]", "[branches." + "h" * 33 + "]"),
    ("reserved_id", "[branches.hailan]", "[branches.away]"),
    ("reserved_id", "[people.zhou]", '[channels.status]\nkind = "webchat"\n[people.zhou]'),
    ("id_taken", "[branches.hailan]", "[branches.first]"),
    ("missing_at_top", 'name = "示例院"\n', ""),
    ("missing_at_top", 'admins = ["zhou"]\n', ""),
    ("missing", 'kind = "webchat"\n[people', "[people"),
    ("missing", 'title = "周五课堂"\n', ""),
    ("missing", 'kind = "case"\n', ""),
    ("missing", "from = 2026-03-02\n", ""),
    ("missing", 'members = ["li"]\n', ""),
    # values
    ("not_table", 'name = "第一党支部"', "name = '第一'\n[homes]\nsecond = 3\n[homes.third]\nname = '第三'"),
    ("not_table", "approval = { by", "silence = 4\napproval = { by"),
    ("double_brackets", "[study.friday]", "[[study.friday]]"),
    ("not_text", 'name = "周敏"', "name = 3"),
    ("not_text", 'language = "zh"', "language = true"),
    ("not_text", 'due = "20h"', "due = 20"),
    ("not_text", 'ask = "mon,thu 17:40"', "ask = 17:40:00"),
    ("not_text", 'members = ["li"]', "members = [7]"),
    ("not_list", 'admins = ["zhou"]', 'admins = "zhou"'),
    ("not_list", 'remind = ["1d"]', 'remind = "1d"'),
    ("not_date", "to = 2026-05-29", 'to = "2026-05-29"'),
    ("not_date", "to = 2026-05-29", "to = 2026-05-29T10:00:00"),
    ("not_date", "off = [2027-01-01]", 'off = ["2027-01-01"]'),
    ("date_far", "to = 2026-05-29", "to = 9999-12-31"),
    ("not_whole", "prompts_per_day = 3", "prompts_per_day = true"),
    ("not_whole", "prompts_per_day = 3", "prompts_per_day = 3.0"),
    ("not_whole", "prompts_per_day = 3", 'prompts_per_day = "3"'),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 0"),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 21"),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 0x" + "f" * 4000),
    ("number_range", "group_of_at_least = 5", "group_of_at_least = 0"),
    ("not_choice", 'status = "full"', 'status = "党员"'),
    ("not_choice", 'language = "zh"', 'language = "fr"'),
    ("not_choice", 'report = { work = "closed" }', 'report = { work = "open" }'),
    ("not_choice", 'holidays = "skip"', 'holidays = "never"'),
    ("not_choice", 'kind = "training"', 'kind = "holiday"'),
    ("not_choice", 'kind = "webchat"', 'kind = "pigeon"'),
    ("unprintable", 'name = "周敏"', 'name = "周\\n敏"'),
    ("empty", 'name = "周敏"', 'name = " "'),
    ("empty", 'home = "first"', 'home = ""'),
    ("name_long", 'name = "清风专班"', f'name = "{NAME}"'),
    ("nobody", 'liaison = ["zhou"]\nmembers = ["li"]', 'liaison = []\nmembers = ["li"]'),
    ("nobody", 'audience = "all"', "audience = []"),
    ("nobody", 'admins = ["zhou"]', "admins = []"),
    ("gate_word", 'words = ["青松*"]', 'words = ["青松*", "* "]'),
    ("schedule_time", '"mon,thu 17:40"', '"mon,thu"'),
    ("schedule_form", '"mon,thu 17:40"', '"sometimes 17:40"'),
    ("schedule_weeks", '"fri 15:10"', '"every 99 weeks fri 15:10"'),
    ("schedule_never", '"fri 15:10"', '"yearly 02-30 15:10"'),
    ("schedule_cron_fields", '"fri 15:10"', '"cron: 1 2 3"'),
    ("schedule_cron_value", '"fri 15:10"', '"cron: 99 9 * * *"'),
    ("schedule_cron_weekday_number", '"fri 15:10"', '"cron: 0 9 * * 1"'),
    ("schedule_cron_two_days", '"fri 15:10"', '"cron: 0 9 1 * mon"'),
    ("schedule_time", '"workdays 18:20"', '"off"'),
    ("duration_form", 'due = "20h"', 'due = "20 hours"'),
    ("duration_form", 'early = "24h"', 'early = "-24h"'),
    ("duration_form", 'remind = ["1d"]', 'remind = ["1d", "soon"]'),
    ("duration_long", 'facts = "2y"', 'facts = "200y"'),
    ("duration_zero", 'due = "20h"', 'due = "0h"'),
    ("quiet_form", '"20:00-07:30"', '"at night"'),
    ("quiet_same", '"20:00-07:30"', '"20:00-20:00"'),
    ("time_zone", '"Asia/Shanghai"', '"北京时间"'),
    ("time_zone", '"Asia/Shanghai"', '"../../etc/passwd"'),
    ("time_zone", '"Asia/Shanghai"', '"Asia"'),
    ("time_zone_like", '"Asia/Shanghai"', '"asia/shanghia"'),
    ("time_zone_like", 'kind = "training"', 'kind = "training"\ntime_zone = "Asia/Urumchi"'),
    ("listen", '"127.0.0.1:8080"', '"8080"'),
    ("listen", '"127.0.0.1:8080"', '"127.0.0.1:70000"'),
    ("web_address", '"http://127.0.0.1:8080"', '"127.0.0.1:8080"'),
    ("web_address", '"https://www.example.cn"', '"www.example.cn"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"data/lianxin.db"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"sqlite:"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"sqlite:///data/lianxin.db"'),
    # what does not fit together
    ("unknown_person", 'admins = ["zhou"]', 'admins = ["ghost"]'),
    ("unknown_person_like", 'admins = ["zhou"]', 'admins = ["zhuo"]'),
    ("unknown_person", 'liaison = ["zhou"]\nmembers = ["li"]', 'liaison = ["ghost"]\nmembers = ["li"]'),
    ("unknown_person", 'members = ["li"]', 'members = ["li", "ghost"]'),
    ("unknown_person", 'kind = "case"', 'kind = "case"\nsecretary = "ghost"'),
    ("unknown_person", 'secretary = "zhou"', 'secretary = "ghost"'),
    ("unknown_home_like", 'home = "first"', 'home = "frist"'),
    ("unknown_home", 'home = "first"', 'home = "ninth"'),
    ("unknown_audience", 'audience = "all"', 'audience = "everyone"'),
    ("unknown_audience_like", 'audience = "all"', 'audience = ["first", "qingfen"]'),
    ("twice", 'members = ["chen", "li"]', 'members = ["chen", "li", "chen"]'),
    ("same_address", 'chat = "chen-1"', 'chat = "zhou"'),
    ("same_address", 'name = "李明"', 'name = "李明"\nchat = "chen-1"'),
    ("same_name", 'name = "海澜培训班"', 'name = "清风专班"'),
    ("secret_name", 'name = "清风专班"', f'name = "{CASE_NUMBER}专班"'),
    ("secret_name", 'name = "清风专班"', 'name = "青松二号"'),
    ("secret_id", "[branches.hailan]", f"[branches.h-1{'38' * 5}]"),
    ("dates_backwards", "to = 2026-05-29", "to = 2026-03-01"),
    ("approval_incomplete", 'by = "机关党委", ', ""),
    ("approval_incomplete", 'number = "7号", date', "date"),
    ("approval_incomplete", ", date = 2026-02-27", ""),
    ("keep_words", 'words = "30d"', 'words = "3y"'),
    ("keep_words", 'words = "30d"\nfacts = "2y"', 'facts = "1d"'),
]


def broken(text: str) -> ConfigBroken:
    with pytest.raises(ConfigBroken) as caught:
        read(text, FILE)
    return caught.value


def spoil(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def said(wrong: ConfigBroken, language: str) -> list[str]:
    return [SAY.say(language, problem.key, facts) for problem, facts in problem_lines(wrong)]


def test_the_good_file_is_good() -> None:
    assert read(GOOD, FILE).branches["qingfeng"].members == ("chen", "li")


@pytest.mark.parametrize(("key", "old", "new"), BAD)
def test_each_mistake_is_one_problem(key: str, old: str, new: str) -> None:
    wrong = broken(spoil(old, new))
    assert [problem.key for problem, _ in problem_lines(wrong)] == [f"check.{key}"]


@pytest.mark.parametrize(("key", "old", "new"), BAD)
def test_each_problem_is_said_in_both_languages_with_its_line(key: str, old: str, new: str) -> None:
    wrong = broken(spoil(old, new))
    for language in LANGUAGES:
        (sentence,) = said(wrong, language)
        assert sentence.startswith("unit.toml")
        assert len(sentence) < 460
        assert not re.search(r"None|\n| = [。.]", sentence)


LINES = [
    ("people.chen", "status", 16, 'status = "full"', 'status = "x"'),
    ("branches.hailan", "to", 44, "to = 2026-03-20", "to = 2026-03-01"),
    ("branches.hailan", "kind", 40, 'kind = "training"\n', ""),
    ("branches.qingfeng.report", "work", 39, 'work = "closed"', 'work = "x"'),
    ("branches.qingfeng", "approval", 38, 'by = "机关党委", ', ""),
    ("limits", "prompts_per_day", 59, "prompts_per_day = 3", "prompts_per_day = 0"),
    ("", "admins", 2, '["zhou"]', '["nobody"]'),
]


@pytest.mark.parametrize(("table", "name", "line", "old", "new"), LINES)
def test_a_problem_names_its_line_table_and_key(table: str, name: str, line: int, old: str, new: str) -> None:
    ((problem, facts),) = problem_lines(broken(spoil(old, new)))
    assert (problem.table, problem.name, problem.line) == (table, name, line)
    assert facts["where"] == " ".join(filter(None, [f"unit.toml:{line}", table and f"[{table}]", name]))


def test_every_problem_is_named_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace('"zh"', '"fr"').replace('due = "20h"', "due = 20").replace('["li"]', '["ghost", 7]')
    text = text.replace("prompts_per_day = 3", "prompts_per_day = 0\nextra = 1").replace('"webchat"', '"pigeon"')
    found = [(problem.line, problem.key) for problem, _ in problem_lines(broken(text))]
    assert found == [
        (3, "check.not_choice"),
        (11, "check.not_choice"),
        (26, "check.not_text"),
        (46, "check.not_text"),
        (59, "check.number_range"),
        (60, "check.unknown_key"),
    ]


def test_an_empty_file_lacks_four_things() -> None:
    found = sorted(problem.key for problem, _ in problem_lines(broken("")))
    assert found == ["check.missing_at_top", "check.missing_at_top", "check.no_channels", "check.no_people"]


def test_what_the_gate_refuses_is_not_said_again() -> None:
    secret = f'"{CASE_NUMBER}"'
    text = GOOD.replace('"清风专班"', secret).replace("[branches.hailan]", f"[branches.{secret}]\nx = {secret}")
    text = text.replace('"all"', secret).replace("[gate]", f"[{secret}]\n[gate]").replace('"fri 15:10"', secret)
    wrong = broken(text)
    assert len(said(wrong, "zh")) == 5
    assert not any(f"{9999}刑初" in one for language in LANGUAGES for one in said(wrong, language))


def test_a_database_password_is_not_said_again() -> None:
    for url in ("postgresql://bot:hunter2@db/x", "mysql://bot:hunter2@db/x", "sqlite://bot:hunter2@db"):
        wrong = broken(spoil("sqlite:data/lianxin.db", url))
        assert not any("hunter2" in one for one in said(wrong, "en"))


def test_lines_are_found_behind_multi_line_values() -> None:
    text = spoil('members = ["chen", "li"]', 'members = [\n  "chen", # [limits]\n  "li",\n]')
    text = text.replace('name = "李明"', 'name = """\n李明\\\n[keep]\nwords = "x" """')
    found = [(problem.line, problem.name) for problem, _ in problem_lines(broken(text.replace('"30d"', '"x"')))]
    assert found == [(20, "name"), (69, "words")]


def test_no_sentence_is_left_that_nobody_says() -> None:
    rows = {f"check.{key}" for key, _, _ in BAD}
    whole = {
        f"check.{key}"
        for key in ("broken", "no_file", "unreadable", "damaged", "not_text_file", "no_people", "no_channels")
    }
    whole.add("check.syntax_other")  # what a later Python may say
    for language in LANGUAGES:
        assert {key for key in SAY.keys(language) if key.startswith("check.")} == rows | whole


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"name = '\xff\xff\xff'", "check.not_text_file"),
        (b"PK\x03\x04\xff\xff\x00\x80\x81\xff", "check.not_text_file"),
        (EXAMPLE.replace("陈晓".encode(), "陈晓".encode()[:-1]), "check.damaged"),
        (EXAMPLE[:2] + b"\x00", "check.syntax_character"),
    ],
)
def test_what_is_not_text_is_said_to_be_so(tmp_path: Path, content: bytes, key: str) -> None:
    file = tmp_path / "unit.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigBroken) as caught:
        load(file)
    assert [problem.key for problem, _ in problem_lines(caught.value)] == [key]
    assert all(str(file) in one for language in LANGUAGES for one in said(caught.value, language))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for file, key in ((tmp_path / "none.toml", "check.no_file"), (tmp_path, "check.unreadable")):
        with pytest.raises(ConfigBroken) as caught:
            load(file)
        assert [problem.key for problem, _ in problem_lines(caught.value)] == [key]
        assert str(file) in said(caught.value, "en")[0]


def explained(content: bytes) -> bool:
    """Whether it loads, or every problem of it can be said."""
    try:
        read(decode(content), FILE)
    except Unreadable as wrong:
        return wrong.key in SAY.keys("zh")
    except ConfigBroken as wrong:
        return all(said(wrong, language) and SAY.say(language, wrong.key, wrong.facts) for language in LANGUAGES)
    return True


def test_the_example_cut_off_anywhere_loads_or_is_explained() -> None:
    for end in range(0, len(EXAMPLE), 50):
        assert explained(EXAMPLE[:end])


@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_the_example_with_wrong_bytes_loads_or_is_explained(flips: list[tuple[int, int]]) -> None:
    content = bytearray(EXAMPLE)
    for place, byte in flips:
        content[place] = byte
    assert explained(bytes(content))


VALUES = ("1", "-1", "true", "[]", "{}", '""', '"x"', "2026-01-01", "inf", "[[1]]", "[{a=1}]", "07:30:00")


@given(st.integers(0, GOOD.count("\n") - 1), st.sampled_from(VALUES))
def test_any_value_of_another_type_loads_or_is_explained(number: int, value: str) -> None:
    lines: list[str] = GOOD.split("\n")
    key, _, _ = lines[number].strip("[]").partition(" = ")
    lines[number] = f"{key} = {value}"
    assert explained("\n".join(lines).encode())
