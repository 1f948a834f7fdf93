"""The admin's file: the smallest that works, the example with its defaults, and what Windows makes of either."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.config import model
from bot.config.lines import line_numbers
from bot.config.load import key_path, load, read, store_path
from bot.domain.cadence import parse

ROOT = Path(__file__).parents[2]
FILE = Path("unit.toml")
EXAMPLE = (ROOT / "config.example.toml").read_text("utf-8")

MINIMAL = """\
name   = "示例院"
admins = ["zhou"]

[channels.chat]
kind = "webchat"

[people]
zhou = { name = "周敏" }
chen = { name = "陈晓", status = "full" }

[branches.qingfeng]
name    = "清风专班临时党支部"
kind    = "case"
from    = 2026-03-02
to      = 2026-05-29
liaison = ["zhou"]
members = ["chen"]
"""


def with_branch(*lines: str) -> model.Branch:
    return read("\n".join([MINIMAL, *lines]), FILE).branches["qingfeng"]


def test_a_file_of_fewer_than_25_lines_works() -> None:
    assert MINIMAL.count("\n") < 25
    config = read(MINIMAL, FILE)
    assert config.people["zhou"] == model.Person(name="周敏")
    assert config.branches["qingfeng"] == model.Branch(
        "清风专班临时党支部", "case", date(2026, 3, 2), date(2026, 5, 29), ("zhou",), ("chen",)
    )


def test_what_a_file_leaves_out_is_the_default() -> None:
    config = read(MINIMAL, FILE)
    channels = {"chat": model.ChannelConfig()}
    assert config == model.Config("示例院", ("zhou",), channels, config.people, config.branches)


def test_a_unit_between_two_branches_has_a_file_too() -> None:
    assert read(MINIMAL[: MINIMAL.index("[branches")], FILE).branches == {}


def test_a_branch_overrides_only_the_keys_it_names() -> None:
    unit = '[report]\nask = "daily 09:00"\ndue = "6h"\n[silence]\nliaison = "2h"\n'
    config = read(MINIMAL + 'report = { due = "8h" }\nsilence = { member = "1h" }\n' + unit, FILE)
    assert config.branches["qingfeng"].report == model.ReportRule(parse("daily 09:00"), timedelta(hours=8))
    assert config.branches["qingfeng"].silence == model.SilenceRule(timedelta(hours=1), timedelta(hours=2))
    assert config.report.due == timedelta(hours=6)


def test_status_words_are_closed_for_cases_and_gated_for_training_unless_the_file_says_so() -> None:
    assert with_branch().work == "closed"
    assert read(MINIMAL.replace('"case"', '"training"'), FILE).branches["qingfeng"].work == "gated"
    assert with_branch('report = { work = "gated" }').work == "gated"


def test_a_key_named_like_a_channel_is_an_address() -> None:
    text = MINIMAL.replace('kind = "webchat"', 'kind = "webchat"\n[channels.hall]\nkind = "webchat"')
    text = text.replace('status = "full"', 'status = "full", chat = "c1", hall = "h1"')
    assert read(text, FILE).people["chen"].addresses == {"chat": "c1", "hall": "h1"}


def test_a_home_is_any_word_until_homes_are_listed() -> None:
    assert read(MINIMAL.replace('"full"', '"full", home = "first"'), FILE).people["chen"].home == "first"


@pytest.mark.parametrize("audience", ['"away"', '["all"]', '"qingfeng"', '["first", "qingfeng"]'])
def test_a_study_is_for_all_the_away_or_branches(audience: str) -> None:
    study = f'[homes.first]\nname = "一支部"\n[study.s]\ntitle = "课"\nwhen = "fri 15:10"\naudience = {audience}\n'
    found = read(MINIMAL + study, FILE).study["s"].audience
    assert ", ".join(found) == audience.strip("[]").replace('"', "")


def test_digest_and_quiet_hours_can_be_none() -> None:
    config = read(MINIMAL + '[digest]\ndaily = "none"\n[limits]\nquiet = "none"\n', FILE)
    assert (config.digest.daily, config.limits.quiet) == (None, None)


def test_paths_begin_at_the_folder_of_the_file() -> None:
    config = read(MINIMAL + '[store]\nurl = "sqlite:a/b.db"\nkey_file = "/keys/k"\n', FILE)
    assert store_path(config, Path("/office/unit.toml")) == Path("/office/a/b.db")
    assert key_path(config, Path("/office/unit.toml")) == Path("/keys/k")


def test_links_never_have_two_slashes() -> None:
    config = read(MINIMAL + '[server]\npublic_url = "https://bot.example.cn/lianxin/"\n', FILE)
    assert config.server.public_url == "https://bot.example.cn/lianxin"


@pytest.mark.parametrize(
    ("encoding", "before"),
    [("utf-8", b""), ("utf-8-sig", b""), ("gb18030", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_windows_saves_is_read(tmp_path: Path, encoding: str, before: bytes, end: str) -> None:
    file = tmp_path / "unit.toml"
    for text in (MINIMAL, EXAMPLE):
        file.write_bytes(before + text.replace("\n", end).encode(encoding))
        assert load(file) == read(text, FILE)


def test_lines_are_those_of_an_editor() -> None:
    numbers = line_numbers('a = 1\n\n[b]\n# c = 0\nc.d = { e = 1 }\n["f g"]\nh = [\n 1,\n]\ni = 2\n')
    assert numbers == {
        ("a",): 1,
        ("b",): 3,
        ("b", "c"): 5,
        ("b", "c", "d"): 5,
        ("b", "c", "d", "e"): 5,
        ("f g",): 6,
        ("f g", "h"): 7,
        ("f g", "i"): 10,
    }


@pytest.mark.parametrize(
    ("base", "here"),
    [
        ("https://qyapi.weixin.qq.com", False),
        ("http://127.0.0.1:8901", True),
        ("http://localhost:8901", True),
        ("http://[::1]:8901", True),
        ("https://127.example.org", False),
        ("https://localhost.example.org", False),
    ],
)
def test_only_a_loopback_address_is_a_simulator(base: str, here: bool) -> None:
    assert model.ChannelConfig(kind="wecom", api_base=base).on_this_machine is here
