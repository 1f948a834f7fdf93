"""The tables of study in the file: items and platforms."""

from bot.config import fields, triggers
from bot.config.fields import choice, whole
from bot.config.reading import Key, Table
from bot.domain.platform import ROLES

STATUS = ("full", "probationary", "activist", "officer")
HOLIDAYS = Key(choice("skip", "before", "after", "keep"), '"skip"')
STUDY = {
    "title": Key(fields.name, '"周五课堂"', required=True),
    "form": Key(choice("class", "lecture", "theme_day", "reading", "platform", "meeting"), '"class"'),
    "when": Key(fields.schedule_or_none, '"fri 15:10"', required=True),
    "english": Key(fields.name, '"Friday Classroom"'),
    "status": Key(fields.choices(*STATUS), '["full", "probationary"]'),
    "place": Key(fields.name, '"三楼会议室"'),
    "remote": Key(fields.remark, '"腾讯会议 000 000 000"'),
    "material": Key(fields.material, '"materials/lesson.pdf"'),
    "organiser": Key(fields.word, '"ma"'),
    "platform": Key(fields.word, '"xuexi"'),
    "books": Key(fields.names, '["《红岩》"]'),
    "speakers": Key(fields.audience, '["li", "wang"]'),
    "lasts": Key(fields.some_time, '"1h"'),
    "speaker_notice": Key(triggers.some_days, '"14d"'),
    "remind": Key(fields.spans, '["1d", "30m"]'),
    "audience": Key(fields.audience, '"all"'),
    "link": Key(fields.web_address, '"https://www.xuexi.cn"'),
    "holidays": HOLIDAYS,
}
PLATFORM = {
    "name": Key(fields.name, '"学习强国"'),
    "english": Key(fields.name, '"Xuexi Qiangguo"'),
    "link": Key(fields.web_address, '"https://www.xuexi.cn"'),
    "unit": Key(choice("hours", "points", "courses"), '"hours"'),
    "goal": Key(whole(1, 1_000_000), "50"),
    "check": Key(fields.schedule_or_none, '"quarterly 3/20 09:20"'),
    "columns": Table({role: Key(fields.names, '["姓名"]') for role in ROLES}),
}
