"""English, 中文: the language in which a member wants to hear everything."""

from dataclasses import replace

from bot.handling import Answer, Command, Context

NAMES = {
    "zh": ("中文", "汉语", "普通话", "中国话", "zh", "chinese"),
    "en": ("英文", "英语", "en", "english"),
}
ASKED_FOR = {
    "zh": (
        *("中文", "汉语", "说中文", "讲中文", "用中文", "说中文吧", "请说中文", "请用中文", "改成中文"),
        *("chinese", "in chinese", "speak chinese"),
    ),
    "en": (
        *(
            "英文",
            "英语",
            "说英文",
            "讲英文",
            "用英文",
            "说英文吧",
            "请说英文",
            "请用英文",
            "改成英文",
            "说英语",
            "用英语",
        ),
        *("english", "in english", "speak english"),
    ),
}
_DRESS = " .。!！,，:：\"'“”"
_PLEASE = ("please", "吧", "谢谢")


def choose(ctx: Context) -> Answer | None:
    """语言 英文; bare, it asks which; with any other word it is a sentence like any other."""
    named = ctx.rest.strip(_DRESS).lower()
    for please in _PLEASE:
        named = named.removesuffix(please).strip(_DRESS)
    if not named:
        return replace(ctx.say("language.which"), aside=True)
    return next((_speak(ctx, language) for language, names in NAMES.items() if named in names), None)


def chinese(ctx: Context) -> Answer | None:
    return _unless_more(ctx, "zh")


def english(ctx: Context) -> Answer | None:
    return _unless_more(ctx, "en")


def _unless_more(ctx: Context, language: str) -> Answer | None:
    """English please; “english is hard” is a sentence like any other."""
    return _speak(ctx, language) if ctx.rest.strip(_DRESS).lower() in ("", *_PLEASE) else None


def _speak(ctx: Context, language: str) -> Answer:
    """From this answer on; the step that waited for her next message still does."""
    ctx.tables.members.speak(ctx.member.id, language)
    ctx.tables.facts.put(f"language:{ctx.member.id}", language)
    return replace(ctx.say("language.chosen"), aside=True, language=language)


commands = (
    Command(name="language", words=("语言", "language", "lang"), handle=choose, tail="words"),
    Command(name="chinese", words=ASKED_FOR["zh"], handle=chinese, tail="words"),
    Command(name="english", words=ASKED_FOR["en"], handle=english, tail="words"),
)
