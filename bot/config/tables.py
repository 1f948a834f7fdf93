"""Every table and key of the file, how each is read, and an example of each. What is not here is refused."""

from collections.abc import Iterable

from bot.config import fields, triggers
from bot.config.fields import choice, whole
from bot.config.reading import Key, Table
from bot.config.study_tables import HOLIDAYS, PLATFORM, STATUS, STUDY
from bot.domain.study_packs import PACKS

PERSON = {
    "name": Key(fields.name, '"陈晓"', required=True),
    "status": Key(choice(*STATUS), '"full"'),
    "home": Key(fields.word, '"first"'),
    "group": Key(fields.word, '"first-1"'),
    "number": Key(fields.word, '"0342"'),
    "language": Key(choice("zh", "en"), '"zh"'),
    "buddy": Key(fields.word, '"li"'),
}

SERVER = Table(
    {
        "listen": Key(fields.listen, '"127.0.0.1:8080"'),
        "public_url": Key(fields.web_address, '"http://127.0.0.1:8080"'),
    }
)
STORE = Table(
    {
        "url": Key(fields.store_url, '"sqlite:data/lianxin.db"'),
        "key_file": Key(fields.word, '"data/lianxin.key"'),
    }
)
CHANNEL = {
    "kind": Key(choice("webchat", "wecom"), '"webchat"', required=True),
    "corp_id": Key(fields.corp_id, '"ww0123456789abcdef"'),
    "agent_id": Key(whole(1, 2**31 - 1), "1000002"),
    "secret_env": Key(fields.env_name, '"WECOM_SECRET"'),
    "token_env": Key(fields.env_name, '"WECOM_TOKEN"'),
    "encoding_aes_key_env": Key(fields.env_name, '"WECOM_AES_KEY"'),
    "api_base": Key(fields.web_address, '"https://qyapi.weixin.qq.com"'),
    "cards": Key(fields.yes_or_no, "true"),
    "group_chat": Key(fields.yes_or_no, "true"),
    "member_minute": Key(whole(1, 10_000), "30"),
    "member_hour": Key(whole(1, 1_000_000), "1000"),
    "app_day": Key(whole(0, 1_000_000_000), "0"),
    "api_minute": Key(whole(1, 1_000_000), "10000"),
    "api_hour": Key(whole(1, 100_000_000), "150000"),
}
OF_WECOM = ("corp_id", "agent_id")  # what a WeCom channel cannot do without
HOME = {
    "name": Key(fields.name, '"第一党支部"', required=True),
    "secretary": Key(fields.word, '"ma"'),
}
GROUP = {
    "name": Key(fields.name, '"第一党小组"', required=True),
    "home": Key(fields.word, '"first"'),
    "leader": Key(fields.word, '"ma"'),
}
MEETING = Table(
    {
        "when": Key(fields.schedule_or_none, '"mon 16:30"'),
        "by": Key(choice("secretary", "liaison", "contact_leader"), '"secretary"'),
        "holidays": HOLIDAYS,
    }
)
DUTY = Table(
    {
        "approver": Key(fields.word, '"qian"'),
        "contact_leader": Key(fields.word, '"sun"'),
        "organ_committee": Key(fields.ids, '["qian"]'),
        "leading_party_group": Key(fields.ids, '["ma"]'),
        "weekly_meeting": MEETING,
        "monthly_comment": MEETING,
    }
)
WHO_TALKS = ("liaison", "secretary", "contact_leader", "home_secretary")
TALK = {
    "name": Key(fields.name, '"离岗满30天"'),
    "english": Key(fields.name, '"away for 30 days"'),
    "kind": Key(choice("talk", "visit"), '"talk"'),
    "when": Key(triggers.trigger_or_none, '"away 30d"'),
    "by": Key(choice(*WHO_TALKS), '"liaison"'),
    "within": Key(triggers.some_days, '"5d"'),
}
CARE = Table(
    {
        "after": Key(triggers.some_days_or_none, '"30d"'),
        "every": Key(triggers.some_days_or_none, '"30d"'),
        "festivals": Key(triggers.festivals, '["2027-02-01", "yearly 07-01"]'),
        "by": Key(choice(*WHO_TALKS), '"home_secretary"'),
        "within": Key(triggers.some_days, '"7d"'),
    }
)
REPORT = Table(
    {
        "ask": Key(fields.schedule, '"mon,thu 17:40"'),
        "due": Key(fields.some_time, '"20h"'),
        "early": Key(fields.span, '"24h"'),
        "work": Key(choice("closed", "gated"), '"closed"'),
        "holidays": HOLIDAYS,
    }
)
SILENCE = Table(
    {
        "member": Key(fields.span, '"0h"'),
        "liaison": Key(fields.span, '"4h"'),
        "contact_leader": Key(fields.span, '"28h"'),
        "reason": Key(fields.name, '"办案点偏远，按安全规定"'),
        "exit_buddy": Key(fields.span, '"1h"'),
        "exit_liaison": Key(fields.span, '"2h"'),
        "exit_secretary": Key(fields.span, '"4h"'),
    }
)
NEEDS = Table(
    {
        "claim": Key(fields.some_time, '"4h"'),
        "work": Key(fields.some_time, '"2d"'),
        "confirm": Key(fields.some_time, '"3d"'),
    }
)
NEED_KIND = {
    "name": Key(fields.name, '"家里有事"'),
    "english": Key(fields.name, '"family"'),
    "words": Key(fields.words, '["家里", "孩子", "老人"]'),
    "claim": Key(fields.some_time, '"2h"'),
    "work": Key(fields.some_time, '"1d"'),
    "action": Key(choice("none", "visit", "swap"), '"visit"'),
}
APPROVAL = Table(
    {
        "by": Key(fields.name, '"机关党委"', required=True),
        "number": Key(fields.name, '"机党〔2026〕7号"', required=True),
        "date": Key(fields.day, "2026-02-27", required=True),
    },
    incomplete="check.approval_incomplete",
)
BRANCH = {
    "name": Key(fields.name, '"清风专班临时党支部"', required=True),
    "kind": Key(choice("case", "training", "secondment"), '"case"', required=True),
    "from": Key(fields.day, "2026-03-02", required=True),
    "to": Key(fields.day, "2026-05-29", required=True),
    "secretary": Key(fields.word, '"chen"'),
    "contact_leader": Key(fields.word, '"sun"'),
    "team": Key(fields.name, '"清风一组"'),
    "liaison": Key(fields.ids, '["zhou", "wu"]', required=True),
    "members": Key(fields.ids, '["chen", "li", "wang"]', required=True),
    "approval": APPROVAL,
    "channel": Key(fields.word, '"chat"'),
    "time_zone": Key(fields.time_zone, '"Asia/Urumqi"'),
    "report": REPORT,
    "silence": SILENCE,
    "weekly_meeting": MEETING,
    "monthly_comment": MEETING,
    "owner": Key(fields.word, '"he"'),
    "deliverables": Key(fields.named_days, '{ "结业小结" = 2026-03-18 }'),
}
MAYBE_MEMBERS = Key(fields.words, '["chen", "li", "wang"]')
ROSTER = Table({"file": Key(fields.word, '"members.xlsx"', required=True)})
DIGEST = Table(
    {
        "daily": Key(fields.schedule_or_none, '"workdays 18:20"'),
        "weekly": Key(fields.schedule_or_none, '"fri 16:40"'),
        "monthly": Key(fields.schedule_or_none, '"monthly 3 09:10"'),
        "quarterly": Key(fields.schedule_or_none, '"quarterly 1/6 09:10"'),
        "yearly": Key(fields.schedule_or_none, '"yearly 01-09 09:10"'),
        "news": Key(fields.schedule_or_none, '"fri 17:30"'),
    }
)
LIMITS = Table(
    {
        "quiet": Key(fields.quiet, '"20:00-07:30"'),
        "prompts_per_day": Key(whole(1, 20), "3"),
        "together": Key(fields.span, '"15m"'),
        "apply_messages": Key(whole(0, 100_000), "50"),
        "apply_leaving": Key(whole(0, 100_000), "3"),
    }
)
KEEP = Table(
    {
        "words": Key(fields.span, '"30d"'),
        "facts": Key(fields.span, '"2y"'),
        "group_of_at_least": Key(whole(1, 1000), "5"),
    }
)


EXAMPLE_WORDS = '["清风专案*"]'
EXAMPLE_NAME = '"示例县人民检察院"'


def whole_file(channels: Iterable[str], has_roster: bool = False) -> Table:
    """The file. Beside her own keys a person may have an address under the name of each of its channels.
    With a roster, people and the members of branches may be left to it."""
    person = PERSON | {one: Key(fields.word, '"chen"') for one in channels if one not in PERSON}
    return Table(
        {
            "name": Key(fields.name, EXAMPLE_NAME, required=True),
            "admins": Key(fields.ids, '["zhou"]', required=True),
            "language": Key(choice("zh", "en"), '"zh"'),
            "time_zone": Key(fields.time_zone, '"Asia/Shanghai"'),
            "sentences": Key(fields.word, '"sentences"'),
            "server": SERVER,
            "store": STORE,
            "channels": Table(CHANNEL, many=True, required=True),
            "roster": ROSTER,
            "people": Table(person, many=True, required=not has_roster),
            "homes": Table(HOME, many=True),
            "groups": Table(GROUP, many=True),
            "duty": DUTY,
            "talks": Table(TALK, many=True),
            "care": CARE,
            "report": REPORT,
            "silence": SILENCE,
            "branches": Table(BRANCH | ({"members": MAYBE_MEMBERS} if has_roster else {}), many=True),
            "needs": NEEDS,
            "need_kinds": Table(NEED_KIND, many=True),
            "study_packs": Key(fields.choices(*PACKS), '["three-meetings"]'),
            "study": Table(STUDY, many=True),
            "platforms": Table(PLATFORM, many=True),
            "digest": DIGEST,
            "calendar": Table({"off": Key(fields.days, "[2026-10-02]"), "work": Key(fields.days, "[2026-10-10]")}),
            "limits": LIMITS,
            "gate": Table({"words": Key(fields.gate_words, EXAMPLE_WORDS)}),
            "keep": KEEP,
        }
    )
