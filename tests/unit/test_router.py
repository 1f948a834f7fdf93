"""What is a command and what is a sentence that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flow.router import find
from handlers import COMMANDS

DRESSED = """
help|？
help|?
help|？？
help|????
help|？！
help|帮助
help|怎么用？
help|Help
agree|同意
agree|同意。
agree|“同意”
agree|同意👍
agree|我同意！
refuse|不同意
refuse|不同意，不想被问
refuse|我不同意
stop|退出
stop|I disagree.
leave|请假|
leave|请假三天|三天
leave|请假 3天|3天
leave|请假　３天|３天
leave|“请假 3天”|3天
leave|请假：3天|3天
leave|请假半天|半天
leave|请假到周五|到周五
leave|请假下周一|下周一
leave|请假2026年3月5日|2026年3月5日
leave|休假一周|一周
leave|Leave 3 days|3 days
silence|静默到周五|到周五
silence|静默48小时|48小时
silence|静默，到案子结束|到案子结束
back|回来
back|回来。
returned|我回来了|
returned|我回来了，一切正常|一切正常
returned|销假|
later|稍后|
later|稍后 2小时|2小时
later|稍后2小时|2小时
later|晚点，在开会|在开会
later|等会儿|
later|later
later|稍后到18:00|到18:00
write|给陈晓：明早见|陈晓：明早见
reply_to|回周敏 好的|周敏 好的
reply|回复 3 车票已订|3 车票已订
returned|回来了|
nudge|催 没回的|没回的
hand_duty|交班吴强3天|吴强3天
take_duty_back|接回|
take_back_news|take back news|
add_member|加人罗文|罗文
remove_member|移出 王静|王静
roll|名单没回|没回
list|list silent|silent
notice|通知：明早班车|明早班车
news|家里消息 都好|都好
studied|已学|
studied|已学✅|
studied|已学，收获很大|收获很大
join|参加|
excuse|不参加|
claim|认领3|3
claim|claim3|3
claim|认领 3|3
claim|认领３号|３号
claim|认领#3|#3
claim|认领第3号|第3号
claim|认领三|三
claim|认领|
answer|答复3：车票已订好|3：车票已订好
answer|答复 3 车票，已订好|3 车票，已订好
answer|答复：车票已订好|车票已订好
reply|回复3 车票已订好|3 车票已订好
work_on|在办3 在问|3 在问
work_on|in hand 3|3
finish|办结 3|3
decline|办不了3：没车|3：没车
hand|转给吴强3|吴强3
hand|转交wu 3|wu 3
hand|hand 3 to Wu|3 to Wu
release|放手 3|3
withdraw_need|撤回诉求 3|3
solved|解决了！|
solved|解决了3|3
unsolved|没解决，还漏|还漏
need_numbered|诉求3是住宿|3是住宿
need_numbered|诉求：饭卡丢了|饭卡丢了
extend|延期到6月30日|到6月30日
extend|延期 7天|7天
extend|延期，清风 7天|清风 7天
extend|延长一个月|一个月
extend|extend until 6/30|until 6/30
close|结束|
close|结束 清风|清风
close_now|立即结束|
close_now|Close now|
digest|摘要
need|求助|
need|求助 想换房|想换房
need|困难：孩子没人接|孩子没人接
need|need a room|a room
"""
SENTENCES = """
结束了一天的工作，一切正常
稍后回复
稍后再说
请假条交了
请假的人不多，都好
请假后一切正常
休假结束了
困难不大
困难不多，都能克服
同意吗
同意？
同意大家的意见
不同意见也听了
我有不同意见
回来了几个人
回来路上堵车
参加培训第三天
参加了党课
已学完第三章
已学会用了
静默期过了
晚点一起吃饭，都好
晚点到家
等会儿再说
延期办理了
延长假期
结束得早
立即结束工作
认领了
认领任务
答复函已收
在办案点，一切正常
正在办理手续
办好了手续，都好
解决了大问题
没解决的事不少
还没吃饭
可以了解一下
handle with care
诉求书写好了
回复晚了，抱歉
回复一下
情况都好
摘要写好了
backup is fine
backlog is long
leaves are falling
stopped by the office
closed at five
needless to say
laterally
claims are fine
helpful
1
一切正常
思想稳 节点紧 胃不舒服
"""


@pytest.mark.parametrize("line", DRESSED.strip().split("\n"))
def test_a_command_is_known_in_every_dress_and_its_rest_is_kept_as_written(line: str) -> None:
    name, text, *rest = line.split("|")
    found = find(COMMANDS, text)
    assert found is not None
    assert found.command.name == name
    assert [found.rest] == rest or not rest


@pytest.mark.parametrize("text", SENTENCES.strip().split("\n"))
def test_an_ordinary_sentence_is_no_command(text: str) -> None:
    """Whether somebody is named is for the handler of a command with a name: see the talks that say so."""
    found = find(COMMANDS, text)
    assert found is None or found.command.tail == "any"


def test_the_longest_word_wins() -> None:
    found = find(COMMANDS, "close now")
    assert found is not None
    assert found.command.name == "close_now"


def test_every_command_has_a_name_of_its_own_and_no_word_is_taken_twice() -> None:
    names = [command.name for command in COMMANDS]
    words = [word for command in COMMANDS for word in command.words]
    assert len(set(names)) == len(names)
    assert len(set(words)) == len(words)


def test_words_are_written_as_they_are_compared() -> None:
    assert [word for command in COMMANDS for word in command.words if word != word.lower().strip()] == []


@given(st.text())
def test_any_text_is_some_command_or_none(text: str) -> None:
    found = find(COMMANDS, text)
    assert found is None or found.rest in text


@given(
    st.sampled_from([word for command in COMMANDS for word in command.words]),
    st.sampled_from(["", "。", "！", "…", "  "]),
)
def test_the_word_alone_always_calls(word: str, mark: str) -> None:
    assert find(COMMANDS, f" {word}{mark}") is not None
