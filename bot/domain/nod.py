"""A nod: 收到, 好的, ok, 👍: said to what needs no answer, and no answer to what does."""

import re

from bot.domain.reading_clauses import clean, fold

NODS = (
    *(r"收到", r"好", r"[嗯哦噢]", r"行", r"可以", r"知道", r"明白", r"了解", r"没问题", r"遵命", r"已阅"),
    *(r"ok(?:ay)?", r"k", r"got it", r"received", r"roger", r"noted", r"sure", r"fine", r"all right", r"alright"),
)
THANKS = (
    r"谢谢",
    r"感谢",
    r"多谢",
    r"辛苦(?=[了您你大])",
    r"麻烦(?=[了您你大])",
    r"thanks?",
    r"thank you",
    r"thx",
    r"cheers",
)
ENDINGS = r"(?:[了的嘞吧啊啦哈呀滴]|您|你们?|大家|领导|组织|\s*(?:so|very) much|\s*a lot)*"
STICKERS = r"\[(?:ok|好的|收到|强|赞|抱拳|握手|合十|微笑|愉快|玫瑰|鼓掌|爱心|拥抱|呲牙)\]"
FACES = "👍👌🙏🤝👏💪😊🙂😄😀😁😃🤗😉❤♥🌹✅☑🫡"
SKIN = "\ufe0f\u200d\U0001f3fb-\U0001f3ff"
_GAP = r"[\s,，。.!！~～、;；…]*"
_NOD = re.compile(
    rf"{_GAP}(?:(?:(?:{'|'.join((*NODS, *THANKS))}){ENDINGS}(?![a-z])|{STICKERS}|[{FACES}][{SKIN}]*){_GAP})+"
)
LONGEST = 40  # longer is no nod


def nods(text: str) -> bool:
    """Whether it says nothing but that she has read it. A face that cries is no nod, and neither is a laugh."""
    return len(text) <= LONGEST and _NOD.fullmatch(fold(clean(text))) is not None
