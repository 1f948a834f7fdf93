"""Cards: a question can be answered by one tap, the card shows the answer, and it leads back to what it asked of."""

import pytest

from bot.channels.wecom_card import card_body
from bot.domain.reading import Kind, read
from bot.flow.cards import taps_of
from bot.message import Card
from bot.render import SENTENCES, Renderer
from tests.channels.wecom_town import USERS, WecomTown, said, wecom_town
from tests.simulators.wecom import CannotTap, Fault, Line, Member
from tests.town import town_with

Patch = pytest.MonkeyPatch
SAY = Renderer(SENTENCES)


def cards(w: WecomTown, who: str) -> list[Line]:
    return [line for line in w.wecom.record.lines(USERS[who]) if line.kind == "template_card"]


def key(card: Line, tap: str) -> str:
    return next(one["key"] for one in card.card["button_list"] if one["text"] == tap)


async def tap(w: WecomTown, who: str, words: str, which: int = -1) -> str:
    """What the card says after the tap."""
    card = cards(w, who)[which]
    answer = said(await w.wecom.tap(USERS[who], card.task_id, key(card, words)))
    await w.t.bot.beat()
    return answer


async def test_the_text_comes_first_and_the_card_after_it_says_the_same(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        text, card = w.wecom.record.lines("LiMing")[-2:]
        assert "回“1”＝一切正常" in text.text
        assert card.text.startswith("这几天怎么样？\n清风专班临时党支部\n")
        assert card.text.endswith("[一切正常]\n[节点紧张]\n[需要支援]\n[求助]\n[稍后]\n[静默]")


async def test_one_tap_is_a_report_and_the_card_says_what_was_noted(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        before = len(w.chat("li"))
        assert await tap(w, "li", "一切正常") == "一切正常\n已记：思想稳定，办案正常推进，生活都好。\n[一切正常]\n[✓]"
        assert len(w.chat("li")) == before
        with pytest.raises(CannotTap):
            await tap(w, "li", "节点紧张")


async def test_a_case_status_alone_is_noted_and_words_may_follow(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        assert "已记：办案节点紧张" in await tap(w, "wang", "节点紧张")
        assert "生活都好" in await w.say("wang", "生活好")


async def test_help_and_silence_go_on_in_words(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        assert "要帮什么" in await tap(w, "li", "求助")
        assert "1 号" in await w.say("li", "换个住处")
        await tap(w, "wang", "静默")
        assert "静默" in await w.say("wang", "48小时")
        rows = await w.t.rows("SELECT kind FROM away WHERE member = 'wang'")
        assert [row["kind"] for row in rows] == ["silence"]


async def test_a_need_is_claimed_and_settled_by_taps(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        await w.say("li", "求助 换个住处")
        await w.t.until("2026-03-02 17:46")
        assert "诉求 1 号由你来办" in await tap(w, "zhou", "认领 1")
        await w.say("zhou", "办结 1 已换好")
        await w.t.until("2026-03-02 17:50")
        assert "了结" in await tap(w, "li", "解决了 1")


async def test_an_answer_too_long_for_a_card_comes_as_the_next_message(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        help_ = {"EventKey": "？|", "TaskId": cards(w, "li")[-1].task_id}
        assert "见下一条消息" in said(await w.wecom.event("LiMing", "template_card_event", **help_))
        await w.t.bot.beat()
        assert "请假" in w.chat("li")[-1]


async def test_a_tap_on_an_old_card_counts_for_the_time_it_asked_about(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        await w.t.until("2026-03-05 17:43")
        assert "晚到的也收下了" in await tap(w, "li", "一切正常", which=0)
        rows = await w.t.rows("SELECT r.ask_at FROM report p JOIN round r ON r.id = p.round WHERE p.answered_at <> ''")
        assert [row["ask_at"][:10] for row in rows] == ["2026-03-02"]


async def test_a_card_of_a_branch_that_is_over_says_so_and_notes_nothing(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        card = cards(w, "li")[0]
        answer = said(
            await w.wecom.event("LiMing", "template_card_event", EventKey="一切正常|gone/1", TaskId=card.task_id)
        )
        assert "以前那次" in answer


async def test_a_tap_does_not_answer_a_question_that_waits_for_words(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:43")
        await w.say("li", "求助")
        assert "已记" in await tap(w, "li", "一切正常")


async def test_each_call_has_a_task_id_of_its_own(monkeypatch: Patch) -> None:
    people = "".join(f'p{n} = {{ name = "示例{n}", status = "full", wecom = "U{n}" }}\n' for n in range(2100))
    members = ", ".join(f'"p{n}"' for n in range(2100))
    text = town_with(
        ("[branches.qingfeng]", people + "[branches.qingfeng]"),
        ('members = ["chen", ', f'members = [{members}, "chen", '),
    )
    async with wecom_town(monkeypatch, text=text) as w:
        w.wecom.corp.add(Member(f"U{n}") for n in range(2100))
        await w.t.until("2026-03-02 17:45")
        sent = [call for call in w.wecom.record.of("message/send") if "这几天怎么样" in str(call.body)]
        assert [call.code for call in sent] == [0] * len(sent)
        asked = [call.body for call in sent if len(call.body["touser"].split("|")) > 4]
        assert sorted(one["msgtype"] for one in asked) == ["template_card"] * 3 + ["text"] * 3
        assert len({one["template_card"]["task_id"] for one in asked if one["msgtype"] == "template_card"}) == 3


async def test_a_card_whose_fate_is_unknown_is_sent_again_and_seen_once(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch) as w:
        await w.t.until("2026-03-02 17:39")
        w.channel.api._deadline = 0.3  # pyright: ignore[reportPrivateUsage]
        w.wecom.faults.add(Fault("reset", "message/send", accepted=True, skip=1, times=2))
        await w.t.until("2026-03-02 18:00")
        assert [len(cards(w, who)) for who in ("chen", "li", "wang")] == [1, 1, 1]


async def test_without_cards_in_the_file_there_are_none(monkeypatch: Patch) -> None:
    async with wecom_town(monkeypatch, more="cards = false\n") as w:
        await w.t.until("2026-03-02 17:43")
        assert cards(w, "li") == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["case", "training", "secondment"])
def test_what_a_button_says_of_how_things_are_is_understood(language: str, kind: Kind) -> None:
    well, *of_work = [one for one in taps_of(SAY, language, kind) if one not in NOT_REPORTS]
    assert read(well, kind, "closed").all_well
    for one in of_work:
        found = read(one, kind, "closed" if kind == "case" else "gated")
        assert found.understood
        assert found.report.work in ("tight", "need_support")


NOT_REPORTS = ("求助", "稍后", "静默", "help", "later", "silence")


def test_a_card_keeps_to_what_is_shown_whole() -> None:
    body = card_body(Card("问" * 40, "提示", ("一切正常",), "支部" * 30, "r/1"), "t1")
    assert (len(body["main_title"]["title"]), len(body["main_title"]["desc"])) == (26, 30)
    assert body["button_list"] == [{"text": "一切正常", "style": 1, "key": "一切正常|r/1"}]
