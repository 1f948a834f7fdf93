"""lianxin doctor: every line both ways, against the simulator and the real pages."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.checkup import Finding, checkup, judged
from bot.render import SENTENCES, Renderer
from tests.channels.wecom_town import WecomTown, on_wecom, secrets_in, wecom_town
from tests.simulators.wecom import Corp, Fault
from tests.town import TOWN

Patch = pytest.MonkeyPatch
SAY = Renderer(SENTENCES)
FINE = ["secrets", "clock", "token", "agent", "range", "group", "callback_not_public"]


async def found(w: WecomTown, channel: dict[str, object] | None = None, public: str = "") -> dict[str, Finding]:
    """The lines by their names."""
    config = w.t.bot.config
    public = public or str(w.pages.make_url("")).rstrip("/")
    there = replace(config.channels["wecom"], **(channel or {}))  # pyright: ignore[reportArgumentType]
    config = replace(config, server=replace(config.server, public_url=public), channels={"wecom": there})
    w.wecom.skew(timedelta(0))
    return {one.key.removeprefix("doctor."): one async for one in checkup(config)}


def said(one: Finding, language: str = "zh") -> str:
    return SAY.say(language, one.key, one.facts)


@pytest.fixture(autouse=True)
def the_hour_is_now(monkeypatch: Patch) -> None:
    """The simulator lives in the town's hour, and so does the machine."""
    monkeypatch.setattr("bot.checkup.SKEW", 1e12)


async def test_a_set_up_that_works_is_fine_line_by_line(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        lines = await found(w)
        assert list(lines) == FINE
        assert [one.fine for one in lines.values()] == [True] * 6 + [False]
        for language in ("zh", "en"):
            assert all(said(one, language) for one in lines.values())
        assert not any(w.wecom.corp.app.secret in said(one) for one in lines.values())
        assert w.wecom.record.of("message/send") == w.wecom.record.of("appchat/create") == []


async def test_a_wrong_secret_and_a_wrong_corporation_are_told_apart(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        other = await found(w, {"corp_id": "ww0000000000000009"})
        assert "corp_id" in said(other["token_refused"])
        monkeypatch.setenv("WECOM_SECRET", "x" * 40)
        assert "Secret" in said((await found(w))["token_refused"])


async def test_a_missing_secret_is_named(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        monkeypatch.delenv("WECOM_TOKEN")
        (line,) = (await found(w)).values()
        assert not line.fine
        assert "WECOM_TOKEN" in said(line)


async def test_another_apps_id_is_told(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        line = (await found(w, {"agent_id": 1000009}))["agent_refused"]
        assert "agent_id" in said(line)


async def test_an_untrusted_ip_is_told_with_the_ip(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        w.wecom.corp.trusted_ips = frozenset({"203.0.113.7"})
        line = (await found(w))["agent_refused"]
        assert "可信IP" in said(line)
        assert "127.0.0.1" in said(line)


async def test_who_cannot_be_reached_is_named(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        del w.wecom.corp.members["liming"]
        w.wecom.corp.members["wangjing"].visible = False
        line = said((await found(w))["range_off"])
        assert "没有这些人的账号：李明" in line
        assert "应用看不到：王静" in line


async def test_where_the_range_may_not_be_read_it_says_so(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        w.wecom.faults.add(Fault("code", "user/get", code=48002, times=99))
        assert "48002" in said((await found(w))["range_unread"])


@pytest.mark.parametrize(("right", "why"), [("appchat", "权限"), ("root", "根部门")])
async def test_without_the_right_to_groups_it_says_what_is_missing(monkeypatch: Patch, right: str, why: str) -> None:
    async with wecom_town(monkeypatch) as w:
        setattr(w.wecom.corp.app, right, False)
        assert why in said((await found(w))["group_refused"])
        assert "group_refused" not in await found(w, {"group_chat": False})


async def test_a_bot_with_another_token_is_told(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        monkeypatch.setenv("WECOM_TOKEN", "another")
        assert "403" in said((await found(w))["callback_wrong"])


async def test_a_bot_that_is_not_started_is_told(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        lines = await found(w, public="http://127.0.0.1:9")
        assert "先启动连心" in said(lines["callback_unreachable"])


async def test_a_clock_that_is_off_is_told(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        monkeypatch.setattr("bot.checkup.SKEW", 60.0)
        assert "NTP" in said((await found(w))["clock_off"])


async def test_a_platform_that_cannot_be_reached_is_told_once_or_twice_and_nothing_breaks(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        lines = await found(w, {"api_base": "http://127.0.0.1:9"})
        assert "127.0.0.1" in said(lines["unreachable"])


@pytest.mark.parametrize(
    ("url", "status", "took", "right", "key"),
    [
        ("https://bot.example.org/callback/wecom", 200, 0.2, True, "callback"),
        ("https://bot.example.org/callback/wecom", 200, 1.2, True, "callback_slow"),
        ("https://bot.example.org/callback/wecom", 200, 0.2, False, "callback_wrong"),
        ("https://bot.example.org/callback/wecom", 404, 0.2, False, "callback_wrong"),
        ("http://127.0.0.1:8080/callback/wecom", 200, 0.2, True, "callback_not_public"),
    ],
)
def test_what_the_console_would_make_of_an_answer(url: str, status: int, took: float, right: bool, key: str) -> None:
    line = judged(url, status, took, right=right)
    assert (line.key, line.fine) == (f"doctor.{key}", key == "callback")


def test_the_command_says_it_with_its_exit_code(
    tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(TOWN, "utf-8")
    assert main(["doctor", str(file)]) == 0
    assert "都好。" in capsys.readouterr().out
    secrets_in(monkeypatch, Corp())
    file.write_text(on_wecom("http://127.0.0.1:9"), "utf-8")
    assert main(["doctor", str(file)]) == 1
    assert "要改　连不上 127.0.0.1" in capsys.readouterr().out
    file.write_text("name =", "utf-8")
    assert main(["doctor", str(file)]) == 2
