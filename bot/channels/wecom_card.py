"""Cards of WeCom: a question with buttons to tap, and the same card when one of them has been tapped.

Source: developer.work.weixin.qq.com pages 90236 (button_interaction) and 90241 (a passive reply that changes a card).
"""

from collections.abc import Mapping
from typing import Any

from bot.message import Card

DONE = "✓"  # on the grey button
TITLE, NOTE = 26, 30  # characters that are shown whole


def card_body(card: Card, task_id: str) -> Mapping[str, Any]:
    """`task_id`: of this call alone; the platform refuses a repeated one."""
    buttons = [
        {"text": tap, "style": 1 if not at else 2, "key": f"{tap}|{card.about}"} for at, tap in enumerate(card.taps)
    ]
    return {
        "card_type": "button_interaction",
        "main_title": {"title": card.title[:TITLE], "desc": card.branch[:NOTE]},
        "sub_title_text": card.hint,
        "task_id": task_id,
        "button_list": buttons,
    }


def changed_card(tapped: str, answer: str) -> str:
    """XML within the answer to a tap: what she said, what the bot says to it, and no button any more."""
    return (
        f"<TemplateCard><CardType>{cdata('button_interaction')}</CardType>"
        f"<MainTitle><Title>{cdata(tapped[:TITLE])}</Title></MainTitle><SubTitleText>{cdata(answer)}</SubTitleText>"
        f"<ButtonList><Text>{cdata(tapped)}</Text><Key>{cdata(tapped)}</Key></ButtonList>"
        f"<ReplaceText>{cdata(DONE)}</ReplaceText></TemplateCard>"
    )


def cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
