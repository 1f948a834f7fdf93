"""All that is held about a member, for herself: complete, readable on a phone, and without anybody else's words."""

import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.export.own_file import as_html, as_json, own_file
from tests.flow.transcript import play
from tests.place import ASKED, lianxin, unit
from tests.town import Town, town

CANARY = "金丝雀在窗台上"
OTHERS = "夜莺在别人窗前"
SAID = f"""
chen: 思想一般，{CANARY}一 节点紧
chen: 求助 {CANARY}二
zhou: 答复 1 车票已订好
chen: 悄悄 周敏 {CANARY}三
zhou: 看悄悄话
zhou: 回悄悄话 1 明早来看你
chen: 建议 {CANARY}四
chen: 请假 2天
li: 求助 {OTHERS}一
li: 悄悄 周敏 {OTHERS}二
li: 建议 {OTHERS}三
li: 思想一般，{OTHERS}四
zhou: 看悄悄话
zhou: 摘要
ma: 看建议
"""
Out = pytest.CaptureFixture[str]


@asynccontextmanager
async def asked() -> AsyncGenerator[Town]:
    async with town() as t:
        await t.until(ASKED)
        yield t


async def data(t: Town, who: str, *, words: bool = True) -> dict[str, Any]:
    now = t.clock.now()
    file = await t.bot.store.read(lambda tx: own_file(tx, who, now, words=words))
    assert file
    return json.loads(as_json(file))


async def page(t: Town, who: str) -> str:
    now = t.clock.now()
    file = await t.bot.store.read(lambda tx: own_file(tx, who, now))
    assert file
    return as_html(file, t.bot.renderer, t.bot.config).decode()


async def test_everything_she_wrote_and_every_answer_to_her_is_in_it() -> None:
    async with asked() as t:
        await play(t, SAID)
        held = (await data(t, "chen"))["held"]
        assert (
            held["report"][0] | {"thoughts": "so_so", "thoughts_words": f"{CANARY}一", "work": "tight"}
            == held["report"][0]
        )
        assert (held["need"][0]["words"], held["need"][0]["answer"]) == (f"{CANARY}二", "车票已订好")
        assert (held["whisper"][0]["words"], held["whisper"][0]["answer"]) == (f"{CANARY}三", "明早来看你")
        assert (held["whisper"][0]["reader"], bool(held["whisper"][0]["read_at"])) == ("zhou", True)
        assert held["suggestion"][0]["words"] == f"{CANARY}四"
        assert [one["kind"] for one in held["away"]] == ["leave"]
        assert held["membership"][0]["consent"] == "given"
        assert f"悄悄 周敏 {CANARY}三" in [one["said"] for one in held["phone_line"]]
        assert any("你请假" in (one["heard"] or "") or "不问你" in (one["heard"] or "") for one in held["phone_line"])
        assert "need_raised" in [one["kind"] for one in held["ledger"]]


@pytest.mark.parametrize("who", ["chen", "zhou", "wu", "ma", "wang"])
async def test_nobodys_file_has_words_of_others_in_it(who: str) -> None:
    async with asked() as t:
        await play(t, SAID)
        await t.until("2026-03-03 18:30")
        for text in (json.dumps(await data(t, who), ensure_ascii=False), await page(t, who)):
            assert OTHERS not in text
            assert (CANARY in text) is (who == "chen")


async def test_who_looks_after_a_branch_finds_what_she_said_and_not_what_she_read() -> None:
    async with asked() as t:
        await play(t, SAID)
        lines = (await data(t, "zhou"))["held"]["phone_line"]
        assert {"said": "回悄悄话 1 明早来看你", "heard": None} in [
            {name: one[name] for name in ("said", "heard")} for one in lines
        ]
        assert not [one for one in lines if one["heard"]]


async def test_a_former_liaison_officers_file_has_nothing_of_what_she_read() -> None:
    async with asked() as t:
        await play(t, SAID)
        await t.bot.store.write(lambda tx: tx.run("DELETE FROM branch_liaison WHERE member = 'zhou'"))
        assert OTHERS not in json.dumps(await data(t, "zhou"), ensure_ascii=False)


async def test_the_page_needs_nothing_beside_it_and_says_things_in_words() -> None:
    async with asked() as t:
        await play(t, SAID + "chen: 求助 <script>alert(1)</script>\n")
        text = await page(t, "chen")
        assert not re.search(r"(?:src|href)=|url\(|@import", text)
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
        assert '<meta name="viewport"' in text
        for words in (
            "陈晓在连心里的记录",
            "周敏",
            "清风专班临时党支部",
            "已答复",
            "等人认领",
            "正式党员",
            "提问",
            "3月2日（周一）17:40",
        ):
            assert words in text, words
        assert not re.search(r">(?:need_raised|so_so|report\.question|qingfeng|zhou|2026-03-02\S*)<", text)


async def test_it_is_in_her_own_language() -> None:
    async with asked() as t:
        await play(t, "sun: 1")
        text = await page(t, "sun")
        assert "孙悦: what is held in Lianxin" in text
        assert '<html lang="en">' in text
        assert "清风专班" in text


async def test_what_is_remembered_for_her_alone_is_hers_and_nobody_elses() -> None:
    async with asked() as t:
        await play(t, "li: English\nchen: 语言 英文")
        await t.bot.store.write(lambda tx: tx.run("INSERT INTO setting (name, value) VALUES ('language:xchen', 'zh')"))
        assert (await data(t, "chen"))["remembered"] == {"language": "en"}


async def test_of_somebody_unknown_there_is_no_file() -> None:
    async with asked() as t:
        now = t.clock.now()
        assert await t.bot.store.read(lambda tx: own_file(tx, "nobody", now)) is None


async def test_what_an_admin_takes_out_for_her_has_no_words_in_it(tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "chen.html"
    async with unit(tmp_path, ASKED) as t:
        await play(t, SAID)
        capsys.readouterr()
        assert lianxin("export", "member", tmp_path / "config.toml", "chen", "--format", "json") == 0
        held = json.loads(capsys.readouterr().out)["held"]
        assert lianxin("export", "member", tmp_path / "config.toml", "chen", "--out", out) == 0
        assert lianxin("export", "member", tmp_path / "config.toml", "chen", "--out", out) == 2
    assert CANARY not in json.dumps(held, ensure_ascii=False) + out.read_text("utf-8")
    assert (len(held["need"]), held["need"][0]["claimed_by"] is None) == (1, False)
    assert "所以没有你写的话" in out.read_text("utf-8")
    noted = [json.loads(line) for line in (tmp_path / "town.exports.log").read_text("utf-8").splitlines()]
    assert [(one["subject"], one["member"], one["format"]) for one in noted] == [
        ("member", "chen", "json"),
        ("member", "chen", "html"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("member", "FILE"), "lianxin export member config.toml chen"),
        (("member", "FILE", "nobody"), "nobody"),
        (("member", "FILE", "chen", "--format", "xlsx"), "html 或 json"),
        (("needs", "FILE", "chen"), "只用于 member"),
        (("needs", "FILE", "--format", "html"), "只用于 member"),
    ],
)
async def test_what_is_wrong_is_said_in_a_sentence(
    tmp_path: Path, capsys: Out, words: tuple[str, ...], told: str
) -> None:
    async with unit(tmp_path):
        assert lianxin("export", *(tmp_path / "config.toml" if one == "FILE" else one for one in words)) == 2
    seen = capsys.readouterr()
    assert (seen.out, told in seen.err, seen.err.count("\n")) == ("", True, 1)
