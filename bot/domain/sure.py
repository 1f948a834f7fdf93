"""Yes or no to “are you sure?”: 确认, 是; 不, 算了. Anything else is no answer to it."""

import re

_YES = re.compile(r"(确认|确定|确认结束|是|是的|confirm|yes)[。.!！~ ]*", re.IGNORECASE)
_NO = re.compile(r"(不|不是|不要|不用|不发|不结束|不移出|算了|取消|no|cancel)[。.!！~ ]*", re.IGNORECASE)


def sure(text: str) -> bool | None:
    """None: neither was said."""
    said = text.strip()
    return True if _YES.fullmatch(said) else False if _NO.fullmatch(said) else None
