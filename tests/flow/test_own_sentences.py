"""What the unit says in its own words; and when that does not come out, nobody loses an answer."""

import os
from pathlib import Path

import pytest

from bot.domain.placeholders import Place, split
from bot.errors import StoreFailed
from bot.overrides import PIECE, News, Overrides, Own
from tests.flow.transcript import ASKED, play, told
from tests.town import TOWN, Town, town

NOTED = 'noted = "收到，谢谢！{{ line }}"\n'


def put(folder: Path, text: str, file: str = "zh/report.toml") -> None:
    path = folder / "sentences" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


async def quiet(t: Town, *who: str) -> None:
    for one in who:
        await t.heard(one)


async def test_a_unit_is_answered_in_its_own_words_in_each_language(tmp_path: Path) -> None:
    put(tmp_path, NOTED + 'question = "{{ branch_name }}的同志，{{ due }}前回“1”。"')
    put(tmp_path, 'noted = "Thanks! {{ line }}"', "en/report.toml")
    async with town(folder=tmp_path) as t:
        await t.until(ASKED)
        assert "清风专班临时党支部的同志，3月3日（周二）13:40前回“1”。" in await told(t, "li")
        await play(t, "li: 1 | 收到，谢谢！思想稳定，办案正常推进，生活都好\nsun: 1 | Thanks! Thoughts steady")
        assert not await t.owed("overrides.unusable")


async def started(folder: Path) -> tuple[list[str], str]:
    """Who was to be told of broken sentences, and what the admin heard, after another start."""
    async with town(folder=folder, at=ASKED) as t:
        return await t.owed("overrides.unusable"), await told(t, "zhou")


async def test_a_sentence_broken_at_start_is_told_to_the_admin_once_and_another_one_again(tmp_path: Path) -> None:
    put(tmp_path, 'noted = "收到 {{ lin }}"\nalso_asked = "好"')
    owed, heard = await started(tmp_path)
    assert (owed, heard.count("report.toml:1 noted：写的是 {{ lin }}")) == (["zhou"], 1)
    assert (await started(tmp_path))[0] == ["zhou"]
    put(tmp_path, 'noted = "收到 {{ lane }}"')
    owed, heard = await started(tmp_path)
    assert (owed, "{{ lane }}" in heard) == (["zhou", "zhou"], True)


async def test_a_file_called_by_bytes_that_are_no_text_is_told_as_well(tmp_path: Path) -> None:
    put(tmp_path, "x = 1", os.fsdecode(b"zh/\xff.toml"))
    owed, heard = await started(tmp_path)
    assert owed == ["zhou"]
    assert '没有 "�" 这一类句子' in heard


async def test_a_sentence_broken_at_start_is_said_as_shipped(tmp_path: Path) -> None:
    put(tmp_path, 'noted = "收到 {{ lin }}"')
    async with town(folder=tmp_path) as t:
        await t.until(ASKED)
        await play(t, "li: 1 | 已记：思想稳定 | !收到")


async def test_of_many_broken_sentences_the_admin_hears_how_many(tmp_path: Path) -> None:
    put(tmp_path, "\n".join(f'none_{number} = "x"' for number in range(9)))
    async with town(folder=tmp_path, at=ASKED) as t:
        assert "有 9 处不能用" in await told(t, "zhou")
        assert await t.owed("overrides.many") == ["zhou"]


@pytest.mark.parametrize("content", [NOTED[:9], "", "noted", "\x00", "[noted]\nx = 1", 'noted = "{{ line }}'])
async def test_a_half_saved_file_costs_no_report(tmp_path: Path, content: str) -> None:
    put(tmp_path, content)
    async with town(folder=tmp_path) as t:
        await t.until(ASKED)
        await play(t, "li: 1 | 已记：思想稳定")


def own(key: str, text: str, *forms: str) -> Overrides:
    """A sentence that passed its check and does not come out: what it is filled with has changed since."""
    each = iter(forms)
    lines = tuple(
        tuple(Place(part.name, next(each, "")) if isinstance(part, Place) else part for part in line)
        for line in split(text)
    )
    return Overrides({"zh": {key: Own(lines, "sentences/zh/report.toml:1")}})


@pytest.mark.parametrize(
    ("text", "form"), [("收到 {{ gone }}", ""), ("{{ parts }}", ""), ("{{ parts }}", "moment"), ("{{ gone }}", PIECE)]
)
async def test_a_sentence_that_breaks_costs_no_report_and_the_admin_hears_once(text: str, form: str) -> None:
    async with town(own=own("report.noted", text, form)) as t:
        await t.until(ASKED)
        await quiet(t, "zhou", "li")
        await play(t, "li: 思想稳 节点紧 胃不舒服 | 已记：思想稳定，办案节点紧张 | !收到\nwang: 1 | 已记：思想稳定")
        heard = await told(t, "zhou")
        assert heard.count("report.noted（sentences/zh/report.toml:1）没能说出来") == 1
        assert await t.owed("overrides.broke") == ["zhou"]
        assert len(await t.rows("SELECT member FROM report WHERE answered_at IS NOT NULL")) == 2


async def test_a_sentence_that_says_nothing_is_said_as_shipped() -> None:
    async with town(own=own("report.noted", "{{ branch }}")) as t:
        await t.until(ASKED)
        await play(t, "li: 1 | 已记：思想稳定")
        assert await t.owed("overrides.broke") == ["zhou"]


async def test_a_question_that_breaks_is_asked_as_shipped_and_the_admin_hears_in_the_same_hour() -> None:
    async with town(own=own("report.question", "{{ gone }}")) as t:
        await t.until(ASKED)
        assert "这几天怎么样" in await told(t, "li")
        assert "没能说出来，{{ gone }} 处没有内容可填" in await told(t, "zhou")


async def test_what_could_not_be_put_on_disk_for_the_admin_is_not_forgotten() -> None:
    sentences = own("report.noted", "{{ gone }}")
    async with town(own=sentences) as t:
        sentences.note(News("overrides.broke", "zh.x.y", {"sentence": "x.y", "where": "here:1", "place": ""}))
        await t.bot.store.close()
        with pytest.raises(StoreFailed):
            await t.bot.beat()
        assert len(sentences.news()) == 1


async def test_what_the_admin_has_been_told_is_told_no_more() -> None:
    sentences = own("report.noted", "{{ gone }}")
    async with town(own=sentences, at=ASKED) as t:
        sentences.note(News("overrides.broke", "zh.x.y", {"sentence": "x.y", "where": "here:1", "place": ""}))
        await t.bot.beat()
        assert sentences.news() == []
        assert "自己改写的 x.y（here:1）没能说出来。" in await told(t, "zhou")


async def test_without_a_folder_everything_is_as_shipped(tmp_path: Path) -> None:
    async with town(TOWN, folder=tmp_path) as t:
        await t.until(ASKED)
        await play(t, "li: 1 | 已记：思想稳定")
        assert t.bot.renderer.own.voiced("zh") is None
