"""Answers as members write them, and what must be read from each."""

from dataclasses import replace

from bot.domain.reading import Kind, Reading, WorkMode
from bot.domain.report import Report

WELL = Report("steady", work="on_track", living="well")

ALL_WELL = """
1|１|1。|1.|(1)|1️⃣|回复1| 1 |1！|一切正常|一切正常。|都好|都好！|正常|平安|平安，勿念|报平安|一切顺利
今天一切顺利|很好|挺好的|都挺好的，谢谢！|一切都好，请组织放心|好的 一切正常|收到，一切正常。|嗯 都好
我这边一切都好|没问题，都好|各方面都正常|一切如常|1 一切正常|1一切正常|1都好|收到，1
OK|ok|All well|all well.|Everything is fine
好好好|我没事|没什么事|没啥事|都挺好的|困难：无；其他正常|困难：没有，其他都好
All good, thanks|I'm fine|normal|nothing to report
"""

UNCHANGED = (
    "同上|同前|没变化|没有变化|情况不变|和昨天一样|老样子|unchanged|same|Same as yesterday.|no change|同上。|收到，同上"
)

NOT_UNDERSTOOD = """
哈哈|在吗|在？|收到|收到！|嗯嗯|好|好的|好烦|[微笑]|[OK]|😀|👍|？|。。。|4|120|11|1,2|1 2 3|12:30|明天几点开会？
思想稳定吗？|一切正常吗？|你们都好吗|正常?|同意|谢谢|辛苦了|明白|还好|没事|没问题|思想|思想：|【思想】
思想：\\n办案：\\n生活：|困难|困难：无|困难：没有|困难：没什么困难|困难大不大？|明天回来|今天 17:30 到家
1正常2紧张3好|食堂可以带饭吗？|困难：无；其他：正常
学习强国30分|没有答案|没有不好|hello|thanks|how are you?|same here?|the bill arrived|what time is the meeting
"""

# No part is named, yet something is wrong: asked back, and asked whether help is wanted.
WRONG_SOMEWHERE = "不好|不太好|都不好|不正常|一切不正常|谁能帮我取个快递|not fine|I'm not ok"

CASE_CLOSED: list[tuple[str, Reading]] = [
    ("2", Reading(Report(), wants_help=True)),
    ("2。", Reading(Report(), wants_help=True)),
    ("3", Reading(Report("talk"))),
    ("收到，2", Reading(Report(), wants_help=True)),
    ("需要帮忙", Reading(Report(), wants_help=True)),
    ("求助", Reading(Report(), wants_help=True)),
    ("有困难", Reading(Report(), wants_help=True)),
    ("能帮我吗？", Reading(Report(), wants_help=True)),
    ("need help", Reading(Report(), wants_help=True)),
    # labelled
    ("思想：稳定；办案：正常推进；生活：都好；困难：无", Reading(WELL)),
    ("生活：都好\n办案：正常\n思想：稳定", Reading(WELL)),
    ("1. 思想稳定 2、办案正常 3）生活都好", Reading(WELL)),
    ("①思想稳定②办案正常③生活都好", Reading(WELL)),
    ("（1）思想稳定（2）办案正常（3）生活都好", Reading(WELL)),
    ("一、思想稳定；二、办案正常；三、生活好", Reading(WELL)),
    ("1思想稳定2办案正常3生活都好", Reading(WELL)),
    ("思想稳定办案正常生活都好", Reading(WELL)),
    ("思想:稳定办案:正常生活:都好", Reading(WELL)),
    ("思想 稳定 办案 正常 生活 都好", Reading(WELL)),
    ("思想\n稳定\n办案\n正常\n生活\n都好", Reading(WELL)),
    ("思想、办案、生活都正常", Reading(WELL)),
    ("思想/工作/生活：正常", Reading(WELL)),
    ("思想工作生活一切正常", Reading(WELL)),
    ("思想状况：稳定|工作情况：正常|生活方面：都好", Reading(WELL)),
    ("thoughts steady work on track living well", Reading(WELL)),
    ("Thoughts: steady; WORK: on track; Life: fine; Need: none", Reading(WELL)),
    ("稳定，正常，都好", Reading(WELL, all_well=True)),
    ("①稳定②正常③都好", Reading(WELL, all_well=True)),
    ("稳，紧，好", Reading(Report("steady", work="tight", living="well"))),
    ("1.稳 2.紧 3.好", Reading(Report("steady", work="tight", living="well"))),
    ("一般，按计划推进，挺好", Reading(Report("so_so", work="on_track", living="well"))),
    ("【思想】稳定【办案】节点紧张【生活】都好", Reading(Report("steady", work="tight", living="well"))),
    ("[思想]稳定 [办案]节点紧张", Reading(Report("steady", work="tight"))),
    ("Ｔｈｏｕｇｈｔｓ：ｏｋ　Ｗｏｒｋ：ｔｉｇｈｔ", Reading(Report("steady", work="tight"))),
    ("思想 ok 生活 ok", Reading(Report("steady", living="well"))),
    ("思想-稳定", Reading(Report("steady"))),
    ("思想——稳定", Reading(Report("steady"))),
    ("思想 : 稳定 , 办案 : 正常", Reading(Report("steady", work="on_track"))),
    ("思想：\n办案：正常\n生活：\n困难：", Reading(Report(work="on_track"))),
    ("报告书记：思想稳定", Reading(Report("steady"))),
    ("思想稳定😀，生活都好👍", Reading(Report("steady", living="well"))),
    ("思想稳定 [微笑]", Reading(Report("steady"))),
    ("思想：同上；办案：节点紧", Reading(Report(work="tight"), unchanged=True)),
    ("思想：一般", Reading(Report("so_so"))),
    ("mind: so-so", Reading(Report("so_so"))),
    ("思想：一般，想聊聊", Reading(Report("talk"))),
    ("办案：阶段性任务已基本完成", Reading(Report(work="stage_done"))),
    ("办案：时间紧、任务重", Reading(Report(work="tight"))),
    ("办案：人手不够", Reading(Report(work="need_support"))),
    ("WORK：NEED SUPPORT", Reading(Report(work="need_support"))),
    ("办案：保密", Reading(Report(work="unsaid"))),
    ("办案：在稳步推进，请领导放心", Reading(Report(work="on_track"))),
    ("办案：正常，其他：无", Reading(Report(work="on_track"))),
    # own words
    ("思想：稳定，就是有点想家", Reading(Report("steady", "就是有点想家"))),
    ("思想稳定，就是有点想家", Reading(Report("steady", "就是有点想家"))),
    ("思想：稳定（就是想家）", Reading(Report("steady", "就是想家"))),
    ("思想：有点乱；生活：好；思想：还想家", Reading(Report(None, "有点乱；还想家", living="well"))),
    ("思想：情绪低落", Reading(Report(None, "情绪低落"), trouble=True)),
    ("生活：食堂的菜有点辣", Reading(Report(living="other", living_words="食堂的菜有点辣"))),
    ("生活：一般", Reading(Report(living="other", living_words="一般"))),
    ("生活：ＡＢ区３楼，很安静", Reading(Report(living="other", living_words="ＡＢ区３楼，很安静"))),
    ("困难：孩子上学，没人接", Reading(Report(need="孩子上学，没人接"), wants_help=True)),
    ("求助 孩子上学没人接", Reading(Report(need="孩子上学没人接"), wants_help=True)),
    ("困难：没有人接孩子；思想稳定", Reading(Report("steady", need="没有人接孩子"), wants_help=True)),
    ("HELP=please call my wife", Reading(Report(need="please call my wife"), wants_help=True)),
    ("一切正常，就是有点想家", Reading(Report("steady", "就是有点想家", "on_track", living="well"), all_well=True)),
    # free text
    ("稳定", Reading(Report("steady"))),
    ("节点紧张", Reading(Report(work="tight"))),
    ("时间紧", Reading(Report(work="tight"))),
    ("正常推进", Reading(Report(work="on_track"))),
    ("推进正常", Reading(Report(work="on_track"))),
    ("案子进展顺利", Reading(Report(work="on_track"))),
    ("需要支援", Reading(Report(work="need_support"))),
    ("阶段任务完成了", Reading(Report(work="stage_done"))),
    ("阶段完成", Reading(Report(work="stage_done"))),
    ("不便说明", Reading(Report(work="unsaid"))),
    ("不方便说", Reading(Report(work="unsaid"))),
    ("I can't say", Reading(Report(work="unsaid"))),
    ("想聊聊", Reading(Report("talk"))),
    ("想找人聊聊", Reading(Report("talk"))),
    ("I want to talk", Reading(Report("talk"))),
    ("想找书记谈谈", Reading(Report("talk", "想找书记谈谈"))),
    ("吃住都好", Reading(Report(living="well"))),
    ("今天出差 思想稳", Reading(Report("steady"), left_out=True)),
    ("有点累", Reading(Report(living="other", living_words="有点累"))),
    ("思想稳 节点紧 生活好 想聊聊", Reading(Report("talk", work="tight", living="well"))),
    ("办案压力很大", Reading(Report(None, "办案压力很大"), trouble=True)),
    ("不想活了", Reading(Report(None, "不想活了"), trouble=True)),
]

# living words that sound like trouble, alone and whole
TROUBLE = """
胃不舒服|孩子发烧了|睡得不好|没睡好|睡不着|身体不好|感冒还没好|不得不住院|没什么胃口|家里有事
家里老人住院，需要请假|宿舍停水|交通不便|吃不好睡不好|太累了，撑不住了|胃不舒服 3 天了|3 天没睡好|2个孩子都病了
宿舍没有热水|谁能帮我接下孩子|能不能换个房间|可以给我寄点药吗|could someone pick up my kids
胃疼（老毛病）|my stomach hurts|not sleeping well|can't sleep|ill|need a doctor
"""
NO_TROUBLE = "没有不舒服|头不疼了|感冒好了|已经退烧了|胃不难受了|吃得好睡得香"

NEGATED: list[tuple[str, Reading]] = [
    ("不紧张", Reading(Report(work="on_track"))),
    ("办案：不太紧张", Reading(Report(work="on_track"))),
    ("不需要支援", Reading(Report(work="on_track"))),
    ("不太稳定", Reading(Report("so_so", "不太稳定"), trouble=True)),
    ("思想：没有波动", Reading(Report("steady", "没有波动"))),
    ("不焦虑", Reading(Report("steady", "不焦虑"))),
    *(
        (text, Reading(Report(living="well")))
        for text in ("无困难", "没啥困难", "没什么困难", "暂无困难", "收到，无困难")
    ),
    *(
        (f"思想：稳定；办案：正常；生活：都好{mark}{text}", Reading(WELL))
        for text in ("无困难", "没啥困难", "没什么困难", "暂无困难", "没有其他困难")
        for mark in "；，。 "
    ),
    ("思想稳，无困难", Reading(Report("steady"))),
    ("思想：稳定，没啥困难", Reading(Report("steady"))),
    ("胃疼，无困难", Reading(Report(living="trouble", living_words="胃疼"), trouble=True)),
    ("压力不大", Reading(Report(None, "压力不大"))),
]

MIXED: list[tuple[str, Reading]] = [
    ("思想稳 节点紧 胃不舒服", Reading(Report("steady", "", "tight", "", "trouble", "胃不舒服"), trouble=True)),
    ("1，胃不舒服", Reading(Report("steady", "", "on_track", "", "trouble", "胃不舒服"), trouble=True)),
    ("一切都好，孩子感冒了", Reading(Report("steady", "", "on_track", "", "trouble", "孩子感冒了"), trouble=True)),
    ("思想：生活不太习惯", Reading(Report(None, "生活不太习惯"), trouble=True)),
    ("困难：家里漏水，生活不便", Reading(Report(need="家里漏水，生活不便"), wants_help=True)),
    ("1，有点焦虑", Reading(Report("steady", "有点焦虑", "on_track", living="well"), trouble=True)),
    ("困难：缺药；其他正常", Reading(replace(WELL, need="缺药"), wants_help=True)),
    ("思想：一般，其他都好", Reading(Report("so_so", "", "on_track", living="well"))),
    ("生活：胃疼，其他都好", Reading(Report("steady", "", "on_track", "", "trouble", "胃疼"), trouble=True)),
    ("都好，困难：缺药", Reading(replace(WELL, need="缺药"), wants_help=True)),
    ("一切正常，明天回来", Reading(replace(WELL, living_words="明天回来"), all_well=True)),
    ("同上，胃不舒服", Reading(Report(living="trouble", living_words="胃不舒服"), unchanged=True, trouble=True)),
    ("生活：都好，就是胃不舒服", Reading(Report(living="trouble", living_words="就是胃不舒服"), trouble=True)),
    ("思想：稳定，生活不太习惯", Reading(Report("steady", "", None, "", "trouble", "生活不太习惯"), trouble=True)),
]

REFUSED: list[tuple[str, Report]] = [
    ("办案：正在审讯张某", Report()),
    ("办案：正常，下周去北京", Report(work="on_track")),
    ("办案正常，下周去北京", Report(work="on_track")),
    ("办案：正常（见张三）", Report(work="on_track")),
    ("办案：不太顺利", Report()),
    ("办案：有困难", Report()),
    ("学习：讲了证据规则", Report()),
    ("work: interrogating Zhang", Report()),
    ("嫌疑人交代了", Report()),
    ("the suspect confessed", Report()),
    ("案子快开庭了", Report()),
    ("讯问：张某承认了", Report()),
    ("思想稳，案子卡住了", Report("steady")),
    ("案子卡住了，其他都好", Report("steady", living="well")),
    ("能不能帮我送下卷宗", Report()),
    ("思想稳，什么时候开庭？", Report("steady")),
    ("今天提审三个人，胃不舒服", Report(living="trouble", living_words="胃不舒服")),
    ("胃疼[提审中]头疼，卷宗多", Report(living="trouble", living_words="胃疼；头疼")),
    ("思想：被嫌疑人气到了；生活：好", Report(living="well")),
    ("生活：办案点在城东", Report()),
    ("困难：办案经费不够", Report()),
]

GATED: list[tuple[Kind, str, Reading]] = [
    ("training", "思想稳定，学习顺利，生活都好", Reading(WELL)),
    ("training", "学习：讲了证据规则，收获很大", Reading(Report(work="on_track", work_words="讲了证据规则，收获很大"))),
    ("training", "今天上了两节课，收获不少", Reading(Report(work="on_track", work_words="今天上了两节课，收获不少"))),
    ("training", "考试很顺利", Reading(Report(work="on_track", work_words="考试很顺利"))),
    ("training", "培训：论文节点紧张，要加班", Reading(Report(work="tight", work_words="论文节点紧张，要加班"))),
    ("training", "培训：论文节点不紧张", Reading(Report(work_words="论文节点不紧张"))),
    ("training", "学习：刚开始", Reading(Report(work_words="刚开始"))),
    ("training", "学习：不太顺利", Reading(Report(work_words="不太顺利"))),
    ("training", "Study: finished the first course", Reading(Report(work_words="finished the first course"))),
    ("training", "学习：需要支援", Reading(Report(work="need_support"))),
    ("training", "孩子学习正常", Reading(Report(living="well", living_words="孩子学习正常"))),
    ("secondment", "工作：时间紧任务重", Reading(Report(work="tight"))),
    ("secondment", "工作：材料多，忙得过来", Reading(Report(work_words="材料多，忙得过来"))),
    ("secondment", "驻村走访，群众很热情", Reading(Report(work_words="驻村走访，群众很热情"))),
    ("secondment", "今天旁听庭审", Reading(Report(work_words="今天旁听庭审"))),
    ("case", "办案：卷宗多，时间紧", Reading(Report(work="tight", work_words="卷宗多"))),
]

MODES: list[tuple[Kind, WorkMode]] = [
    (kind, work) for kind in ("case", "training", "secondment") for work in ("closed", "gated")
]


def listed(texts: str) -> list[str]:
    """Parted by | and line ends; a \\n within a text is written as two characters."""
    return [text.replace("\\n", "\n") for line in texts.strip().split("\n") for text in line.split("|")]
