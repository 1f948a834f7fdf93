"""The words by which an answer is cut into clauses, and by which a clause sounds good or bad.

All patterns expect lower case and half width. A list is parted by white space; `_` stands for a space.
"""

import re
from typing import Literal

from bot.domain.report import Part


def any_of(listed: str) -> str:
    """Alternatives; an English word counts only where no further letter touches it."""
    english = [word for word in listed.split() if re.match("[a-z]", word)]
    chinese = [word for word in listed.split() if word not in english]
    bounded = [f"(?<![a-z])(?:{'|'.join(english)})(?![a-z])"] if english else []
    return f"(?:{'|'.join(chinese + bounded)})".replace("_", r"\s+")


def whole(listed: str) -> re.Pattern[str]:
    """A clause that is one of these and nothing more."""
    return re.compile(f"(?:{'|'.join(listed.split())})[!~]*".replace("_", r"\s+"))


def anywhere(listed: str) -> re.Pattern[str]:
    return re.compile(any_of(listed))


# The look-aheads leave compounds alone: 工作餐 is a meal and 学习强国 a platform.
LABELS: dict[Part, str] = {
    "thoughts": any_of("思想(?!汇报|政治|品德) 情绪 心态 心情 精神 thoughts? mind mood"),
    "work": any_of("""
        办案 案件 案子 专案 工作(?!餐|日|群|服|证|人员) 业务 任务 节点 进度 培训
        学习(?!强国|了|心得|笔记|小组|平台) 课程 work cases? training study studies"""),
    "living": any_of("生活(?!费|用品|委员) 身体 饮食 食宿 吃住 睡眠 living life health"),
    "need": any_of("困难 求助 诉求 需求 难处 needs? help troubles? difficult(?:y|ies)"),
}
LABEL = f"(?:{'|'.join(LABELS.values())})"
GROUP = rf"{LABEL}(?:(?:\s*[、/&+和与及]\s*|\s+and\s+)?{LABEL}){{0,5}}(?:情况|状况|状态|方面|动态|上)?"
_LEFT_EDGE = r"(?:^|(?<=[\W\d_])|(?<=[定常好利稳紧张成般援了]))"
HARD_LABEL = re.compile(
    rf"{_LEFT_EDGE}(?:[【\[(「《<]\s*({GROUP})\s*[】\])」》>]\s*[:\-—–=]*|({GROUP})\s*(?::|=|→|[-—–]+))"
)
HEAD_LABEL = re.compile(rf"(?:我的?|my\s+|the\s+)?({GROUP})\s*")

# What is only a mark: list numbers, [stickers], emoji.
MARK = re.compile(
    rf"(?<!\w)\(?(?:\d{{1,2}}|[一二三四五六])[.、)](?!\d)|[①-⒛]|(?<!\d)\d{{1,2}}[.、):]?\s*(?={LABEL})"
    rf"|\[(?!\s*(?:{LABEL}|[稳正一好都]))[^\[\]\s]{{1,6}}\]|[\u2600-\u27bf\ufe0f\u20e3\u200d\U0001f000-\U0001faff]"
)
JOINED = re.compile(rf"({LABEL}\s*)[、/](?=\s*{LABEL})")  # 思想、生活都好 is one label for two parts
# A space parts two clauses unless it stands inside English.
SEPARATOR = re.compile(
    r"[;,。、!|/~…(){}\[\]【】「」『』“”\"《》<>\n\r\t]+|(?<![!-~])\s+(?!\d)|(?<!\d)\s+(?![!-~])"
    r"|:(?!\d)|\.+(?=\s|$|[^\x00-\x7f])|(?<=\?)"
)
CODE = re.compile(
    r"(?:(?:收到了?|好的|嗯+)[,。!\s]+)?[\s(\[【]{0,4}(?:回复|回|选)?\s?([123])"
    r"(?=\W*$|\s*[,;。!\n]|\s+(?:一切|都|全部|各方面|正常|平安|收到|谢|all|ok)"
    r"|(?<=1)(?:一切|全部|各方面|正常|平安|都[好正很挺顺])\D*$)"
)
LETTER = re.compile(r"[^\W\d_]")
# What may close the last of her words, and is kept with them.
CLOSING = re.compile(r"[)）\]】」』”》]*")
OPENING = re.compile(r"[(（\[【「『“《]")

# The small words people put around a value.
ADV = (
    any_of(r"""
        目前 基本 一切 全部 各方面 比较 非常 特别 相对 总体 整体 还是 还算 保持 有点儿? 有些 稍微 十分 一直 都 均
        很 挺 也 还 较 稍 偏 太 is are am i'm all very pretty quite a_bit rather everything going feeling \s""")
    + "{0,6}"
)
END = any_of(r"的 了 着 呢 啊 中 now today so_far here \s") + "{0,3}"
FINE = any_of("""
        稳定 平稳 安稳 稳 正常 良好 好 顺利 平安 安好 不错 还好 还行 可以 如常 没(?:有|什么|啥)?事 没(?:有|什么|啥)?问题
        没(?:有|什么|啥)?异常 无异常 ok okay steady stable fine good well normal alright all_right great
        smooth(?:ly)?""")
PLAIN = whole(ADV + FINE + END)
_PAIR_VALUE = any_of("""
        稳定 平稳 稳 正常推进 推进正常 正常 良好 顺利 都好 安好 还好 还行 不错 好 可以 平安 一般 紧张 紧 忙 ok
        okay steady stable fine good well normal on_track tight so-so so_so great""")
PAIR_TAIL = rf"[\s:\-—=]*{ADV}{_PAIR_VALUE}{END}"
# 思想稳定办案正常: labels with their values and no mark between.
PAIR = re.compile(GROUP + PAIR_TAIL)
PAIRS = re.compile(f"(?:{PAIR.pattern})+")

NOT = any_of("""
        没有 没 毫无 无(?![法聊奈助恙]) 不是 不用 不必 (?<!不得)不 未 别(?!的) 勿 no not never nothing without
        cannot [a-z]+n't""")
FILL = any_of(r"""
        是 太 很 大 怎么 那么 这么 够 算 特别 十分 非常 有 什么 啥 任何 再 睡 吃 休息 住 过 得 能 完全 明显 需要?
        要 觉得 感到 感觉 以前 的 出现 遇到 发生 so very too really that any feeling feel doing all an? the been
        longer more sleeping eating quite in having have \s""")
BAD = any_of("""
        不舒服 不适(?!应) 难受 难过 生病 得病 病了 病[重危倒] [发患犯]病 发烧 发热 [高低]烧 感冒 流感 咳嗽 过敏
        腹泻 拉肚子 呕吐 恶心 头晕 疼 痛(?!快) 中暑 失眠 睡不[着好踏] 受伤 摔[了倒伤] 骨折 扭伤 住院 手术 急诊
        看病 看医生 就医 [去过]世 车祸 事故 出事 吵架 闹矛盾 离婚 困难(?!不大) 麻烦 糟糕 [很太较]差
        [有出].{0,3}问题 没钱 不够 不足 [停没][水电] 漏水 太[冷热吵累] 累[垮坏倒病] 吃不消 受不了 [撑扛]不住
        [吃住]不惯 不习惯 不适应 不(?:方)?便 水土不服 没.{0,2}胃口 没法 无法 没地方 没有?(?:热水|暖气|空调|信号|网)
        不好(?!意思) 有(?:点|些|急|大|要)?事(?![业项]) 需要帮[忙助] 波动 起伏 焦虑 抑郁 低落 崩溃 绝望 沮丧 郁闷
        迷茫 害怕 担[心忧] 着急 孤[独单] 压力[很太较好山有点]{0,2}大 心烦 烦躁 想哭 想死 不想活 活不下去 自杀 轻生
        ill sick unwell fever hurts? pain(?:ful)? aches? headache stomach_?ache toothache backache coughing a_cold
        hospital injured injury accident insomnia can't_sleep cannot_sleep
        no_(?:appetite|sleep|heating|hot_water|money) exhausted worried anxious depressed lonely stressed unstable
        unsteady troubles? problems? wrong bad(?:ly)? worse terrible awful difficult(?:y|ies)? died
        passed_away need_a_doctor""")
GOOD = any_of("""
        稳定 平稳 安稳 稳(?=$|[了的]) 平静 踏实 [安开]心 愉快 高兴 积极 正常 良好 顺利 平安 安[好康] 健康 舒[服适]
        习惯 适应 (?<![爱只最刚幸正])好(?![多几像久烦难累想冷热吵贵忙紧]|不容易|意思) 方便 充实 满意 收获 圆满
        扎实 不错 可以 还行 没(?:有|什么|啥)?大?问题 没事 无恙 解决 康复 恢复 痊愈 退烧 不累 well fine good ok
        okay great alright all_right comfortable normal healthy steady stable calm happy smooth(?:ly)? better
        recovered settled on_track nice""")
# Negation turns a word round: 没有不舒服 is fine, 睡得不好 is not.
NOT_BAD = re.compile(f"{NOT}{FILL}{{0,6}}{BAD}")
SOUNDS_BAD = re.compile(f"{NOT}{FILL}{{0,6}}{GOOD}|{BAD}")
ABOUT_TROUBLE = re.compile(f"(?!不好){BAD}")
SOUNDS_GOOD = re.compile(GOOD)
OVER = re.compile(any_of("(?<![不没])(?:好|痊愈|康复|恢复|退烧|解决|出院)了$ recovered$ better(?:_now)?$"))
NOT_STEADY = re.compile(
    f"{NOT}{FILL}{{0,6}}稳|波动|起伏|" + any_of("not_(?:so_|very_|too_)?(?:steady|stable) unsteady")
)


def tone(body: str) -> Literal["good", "bad"] | None:
    rest = NOT_BAD.sub(" ", body)
    if OVER.search(body):
        return "good"
    if SOUNDS_BAD.search(rest):
        return "bad"
    return "good" if rest != body or SOUNDS_GOOD.search(rest) else None
