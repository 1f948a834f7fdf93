"""The answers a member may give, in the words people give them, and what a clause without a label is about.

Written like reading_words: a list is parted by white space; `_` stands for a space.
"""

import re
from typing import Literal

from bot.domain.reading_words import ADV, END, FILL, FINE, NOT, any_of, anywhere, whole
from bot.domain.report import Thoughts, Work

Kind = Literal["case", "training", "secondment"]
Whole = Literal["all_well", "unchanged", "help", "noise"]

_WHAT = "(?:时间|节点|任务|进度|进展|工期|日程|工作|阶段性?|本|这)"
_ASK = "(?:需要?|急需|请求|要|求|盼|希望)(?:组织|院里|领导|单位)?(?:给予|增派|加派|派|补充)?"
_HANDS = "(?:支援|支持|增援|人手|加人|帮手|帮忙|帮助)"
_ALREADY = "(?:已经?|都|基本|顺利|全部|圆满|如期|按时){0,3}"
_MOVING = "(?:正?在|正常|稳步|有序|顺利|持续|按计划|按部就班|按进度){0,2}(?:推进|进行|开展|进展){1,2}"
_PARTLY = "(?:太|是很|怎么|那么|算)?"
WORK_VALUES: tuple[tuple[Work, re.Pattern[str]], ...] = (
    ("need_support", whole(f"""
        {ADV}{_ASK}{_HANDS}(?:一下|了)? {ADV}缺人手? 人手{ADV}(?:不足|不够|紧张|紧缺|紧)
        (?:i_|we_)?needs?(?:_some|_more)?_(?:support|help|hands) short[-_]handed understaffed""")),
    ("tight", whole(f"""
        (?:{_WHAT}?{ADV}(?:紧张|紧迫|吃紧|紧|赶|忙|繁重|重){END}){{1,2}}
        (?:time_|schedule_|deadlines?_)?(?:is_|are_)?(?:a_bit_|very_|quite_)?(?:tight|busy)(?:_schedule)?""")),
    ("stage_done", whole(f"""
        {ADV}{_WHAT}{{0,2}}(?:目标)?{_ALREADY}(?:完成|结束|收尾|完毕)(?:了|啦)? (?:已|暂)?告一段落(?:了)?
        已?完成(?:本|这一?)?阶段性?(?:任务)?了? (?:the_|this_)?stage(?:_is)?_(?:done|complete|completed|finished)""")),
    ("unsaid", whole("""
        (?:暂|目前|现在)?(?:不(?:太)?(?:方)?便|不能|不宜)多?(?:说明?|讲|透露|告知|回答)?[了的]? (?:要|需要?)?保密
        无可奉告 (?:i_)?(?:can't|cannot|prefer_not_to|(?:'d_)?rather_not)_(?:say|tell) unsaid confidential""")),
    ("on_track", whole(f"""
        {ADV}{FINE}{END} {_WHAT}{{0,2}}{ADV}{_MOVING}{ADV}(?:{FINE}|中|着)?{END}
        {_WHAT}{{0,2}}{ADV}(?:按计划|按部就班|正常|顺利){END} {_WHAT}?{ADV}不{_PARTLY}(?:紧张?|赶|忙|重){END}
        (?:暂时?|目前)?(?:不需要?|不用|无需|不缺){_HANDS} (?:没有?什?么?啥?|无)(?:困难|压力)
        (?:is_)?(?:on_track|as_planned|on_schedule|in_progress) not_(?:so_|very_|too_)?(?:tight|busy)
        (?:is_)?(?:going_|proceeding_)?(?:well|smoothly|as_planned)""")),
)  # fmt: skip
# Within longer words, where the branch keeps them.
_SUPPORT = any_of("需要?.{0,4}(?:支援|支持|人手|增援) need_(?:support|hands)")
_TIGHT = any_of("紧[张迫] 吃紧 tight")
WORK_HINTS: tuple[tuple[Work, re.Pattern[str]], ...] = (
    ("need_support", re.compile(_SUPPORT + "|人手(?:不足|不够|紧)|缺人")),
    ("tight", re.compile(_TIGHT + "|(?:节点|时间|进度|任务)紧")),
)
NO_HINT = re.compile(f"{NOT}{FILL}{{0,6}}(?:{_SUPPORT}|{_TIGHT})")
# A value of work is taken for one without a label only where it says so itself.
WORK_MARK = anywhere("""
        推进 节点 支援 增援 阶段 告一段落 任务 进[度展] 紧[张迫] 吃紧 时间 人手 按计划 工作 无可奉告 保密
        不.{0,3}[便能宜].{0,2}[说讲透告] track schedule planned tight support stage say tell unsaid short-handed""")

_WISH = "(?:我)?(?:有点|很|特别)?(?<![不没])(?<!不太)(?<!不怎么)(?<!没什么)(?:想|希望|需要)"
TALK = re.compile(_WISH + ".{0,8}(?:聊|谈[谈心一话]|倾诉|说说[话心])|(?<!not )(?<!n't )(?:want|like) to (?:talk|chat)")
_OPEN_UP = "(?:聊|谈|说说)(?:聊|谈|心|天|话|一聊|一谈|一下){0,2}"
THOUGHTS_VALUES: tuple[tuple[Thoughts, re.Pattern[str]], ...] = (
    ("talk", whole(f"""
        {_WISH}[找和跟与]?(?:个?人|你|您|谁)?{_OPEN_UP} talk
        (?:i_|i'd_)?(?:want|would_like|like|need)_to_(?:talk|chat)""")),
    ("so_so", whole(f"{ADV}(?:一般般?|还行|还可以|凑合|马马虎虎|so[-_]so){END}")),
    ("steady", whole(f"{ADV}(?:稳定|平稳|安稳|稳|steady|stable){END}")),
)  # fmt: skip

_WHO = "(?:我们?|我?这边|今天|今日|近期|最近)?"
_EVERYTHING = "(?=.*(?:一切|全部|各方面|都|均|all|every))(?!.*可以)"
_CHANGE = "(?:没有?什?么?|无|未)(?:大)?变化?"
WHOLE: tuple[tuple[Whole, re.Pattern[str]], ...] = (
    ("all_well", whole(f"""
        {_WHO}(?:正常|顺利|平安|安好|如常|无异常|ok|okay|fine|good|normal){END}
        {_WHO}{_EVERYTHING}{ADV}{FINE}{END} {_WHO}[很挺](?:好|正常|顺利|不错|平安){END}
        (?:i'm|i_am|very)_(?:very_)?(?:ok|okay|fine|good|well|all_right){END}
        我们?(?:这边)?没(?:有|什么|啥)?事{END} 没(?:什么|啥)事{END} 好{{3,}}[的!]? 好好的
        报个?平安 平安勿念 好着呢 no_problems? nothing_to_report""")),
    ("unchanged", whole(f"""
        (?:情况|状况|一切|都|和|跟|与)?(?:同上|同前|同昨[天日]?|照旧|依旧|老样子|不变|{_CHANGE})[的了]?
        和?(?:昨天|上次|之前|以前)一样 unchanged
        (?:the_)?same(?:_(?:as|like)_(?:before|yesterday|last_time|above))? no_changes? as_before ditto
        nothing_(?:new|changed)""")),
    ("help", whole("""
        我?急?(?:需要?|要|请|求|想要)(?:组织|大家|领导|单位|你们)?的?(?:帮忙|帮助|帮帮我|协助)(?:一下)? 求助 求救
        救命 帮帮?我 (?:能不能|能否|可以|能)帮帮?[我忙](?:一下|吗)?\\?? 我?有[点些]?(?:困难|难处)
        (?:i_)?(?:need|want)(?:_some)?_help(?:_please)? (?:please_)?help(?:_me)?(?:_please)?""")),
    ("noise", whole(r"""
        收到了? [嗯哦噢]+ 好[的嘞吧啊]? 行 知道了 明白 了解 在吗? [哈呵嘿嘻]+ 已阅 打卡 报到
        (?:报告|汇报)(?:一下)?(?:书记|领导|组织)? (?:谢谢|感谢|辛苦).{0,4} (?:您|你|大家|领导|书记)好 早 [早晚]安
        (?:早上|上午|中午|下午|晚上)好 勿念 不好意思 没问题 没事 请?(?:组织|领导|大家|书记|您)?放心
        (?:不用|请勿|别)(?:担心|牵挂|挂念) (?:其他|其它|备注)(?::?(?:无|没有))?
        (?:今[天日]|昨天|[本这]周|目前|近期|最近|我们?)的?(?:情况)? \d+ hi hello hey thanks?(?:_you)? thx yes
        got_it received roger (?:good_)?(?:morning|evening|afternoon) (?:ha)+ lol""")),
)  # fmt: skip
NOTHING = whole("无 没有? 暂无 均无 都没有 暂时没有 没什么 没啥 none no nil n/a nothing")
NO_NEED = whole("""
        (?:目前|暂时?|现在|都)?(?:没有?|无|不)(?:什么|啥|任何|特别)?的?(?:需要?|用)?(?:困难|问题|诉求|需求|帮[忙助])?
        no_(?:need|help|trouble|problem)s?""")
# Nothing to note, in whatever part of a report it stands.
FREE_OF_NEEDS = whole("""
        我?(?:目前|暂时?|现在|也|都|均){0,2}(?:没有?|无)(?:什么|啥|任何|特别|其[他它]){0,2}的?(?:困难|难处|诉求|需求)
        (?:i_have_)?no_(?:needs?|difficult(?:y|ies)|troubles?)""")
# 其他正常 speaks of the parts not spoken of before it.
REST_WELL = whole(f"其[他它余]的?(?:方面|情况)?{ADV}{FINE}{END} (?:the_rest|everything_else)_{ADV}{FINE}{END}")
UNCHANGED = dict(WHOLE)["unchanged"]
QUESTION = re.compile(
    r"\?$|[吗么]$|(?<!着)呢$|几[点号]|什么时候|多久|哪[里儿天个]|怎么办|如何|能不能|可不可以|是不是|有没有|是否|"
    r"^(?:when|what|where|who|why|how|is|are|can|could|do|does|will|should)(?![a-z'])"
)
_DO = "(?:换|帮|借|寄|送|带|买|修|接|取|给我)"
REQUEST = anywhere(f"""
        谁(?:能|可以|来|有空|方便).{{0,4}}{_DO} (?:能不能|能否|可不可以|可否).{{0,8}}{_DO}
        ^(?:请问)?我?(?:能|可以).{{0,8}}{_DO}.*(?:吗|\\?)\\??$ (?:请|麻烦).{{0,4}}(?:帮我|给我)
        (?:can|could)_(?:someone|anyone|somebody|anybody)
        (?:can|could)_(?:you|i)_(?:please_)?(?:send|bring|change|have|help)""")

CASE_WORDS = anywhere("""
        (?<![答教图文方草议提预档])案(?!压力|.{0,2}累) (?<![试问花春蛋内胶])卷(?![心帘子]) [讯询]问 审讯 提[审讯]
        嫌疑 嫌犯 犯罪 被告 证[人言据] [物书]证 口供 供述 笔录 起诉 公诉 [批逮抓]捕 羁押 留置 拘留 看守所 [开出]庭
        庭审 法[庭院] 判决 量刑 认罪 搜查 扣押 查封 取证 侦[查办] [受行]贿 贪污 赃 律师 辩护 当事人 被害人
        谈话对象 移送 线索 cases? suspects? evidence interrogat[a-z]* indict[a-z]* prosecut[a-z]* trial hearing
        testimony witness(?:es)? defendants? detain[a-z]* arrest[a-z]* warrant lawyer court""")
THOUGHTS_TOPIC = anywhere("""
        想家 心里 情绪 心情 心态 焦虑 抑郁 低落 崩溃 绝望 沮丧 郁闷 迷茫 孤[独单] 压力 心烦 烦躁 波动 不.{0,3}稳
        想哭 想死 不想活 活不下去 自杀 轻生 homesick mood worried anxious lonely depressed stressed""")
LIVING_TOPIC = anywhere("""
        吃(?![紧力透准]) (?<![抓记])住(?!建) 睡 饭 伙食 食堂 宿舍 房间 酒店 宾馆 身体 胃 腰 牙 嗓 家[里人中属]
        孩子 小孩 老[人婆公] [父母爸妈] 爱人 妻子 丈夫 [儿女孙]子 女儿 天气 冷(?!静) 热(?![情闹心烈]) 累(?![计积])
        退烧 好转 康复 痊愈 交通 生活 衣服 药 医 体检 锻炼 跑步 休息 健康 回家 探亲 平安 son daughter
        child(?:ren)? kids? wife husband mother father m[uo]m dad parents? family home sleep(?:ing)? slept food
        meals? dorm room health stomach weather eat(?:ing)? tired rest doctor medicine""")
WORK_TOPIC = anywhere("节点 阶段 进度 任务 工作(?!餐|日|群|服|证) 业务 材料 专班 项目 deadlines? project")
KIND_TOPIC: dict[Kind, re.Pattern[str]] = {
    "case": CASE_WORDS,
    "training": anywhere("""
        课 学习(?!强国) 培训 考试 作业 论文 结业 讲座 研讨 教官 class(?:es)? lessons? exams? lectures? course"""),
    "secondment": anywhere("挂职 单位 部门 调研 驻村 走访 乡镇 下乡 信访 secondment office village"),
}
