"""A good file, and every mistake an admin can make in it: the sentence it earns, what is changed, into what."""

CASE_NUMBER = f"({2026})示{9999}刑初{1}号"
NAME = "清" * 41
WECOM = '[channels.wecom]\nkind = "wecom"\ncorp_id = "ww0123456789abcdef"\nagent_id = 1000002\n'

GOOD = """\
name = "示例院"
admins = ["zhou"]
language = "zh"
time_zone = "Asia/Shanghai"
[server]
listen = "127.0.0.1:8080"
public_url = "http://127.0.0.1:8080"
[store]
url = "sqlite:data/lianxin.db"
[channels.chat]
kind = "webchat"
[people.zhou]
name = "周敏"
[people.chen]
name = "陈晓"
status = "full"
home = "first"
chat = "chen-1"
[people.li]
name = "李明"
[homes.first]
name = "第一党支部"
secretary = "zhou"
[report]
ask = "mon,thu 17:40"
due = "20h"
early = "24h"
holidays = "skip"
[silence]
liaison = "4h"
[branches.qingfeng]
name = "清风专班"
kind = "case"
from = 2026-03-02
to = 2026-05-29
liaison = ["zhou"]
members = ["chen", "li"]
approval = { by = "机关党委", number = "7号", date = 2026-02-27 }
report = { work = "closed" }
[branches.hailan]
name = "海澜培训班"
kind = "training"
from = 2026-03-09
to = 2026-03-20
liaison = ["zhou"]
members = ["li"]
[study.friday]
title = "周五课堂"
when = "fri 15:10"
remind = ["1d"]
audience = "all"
link = "https://www.example.cn"
[digest]
daily = "workdays 18:20"
[calendar]
off = [2027-01-01]
[limits]
quiet = "20:00-07:30"
prompts_per_day = 3
[gate]
words = ["青松*"]
[keep]
words = "30d"
facts = "2y"
group_of_at_least = 5
"""

# the sentence, what is changed in the good file, and into what
BAD = [
    # how it is written
    ("syntax_full_width", 'name = "示例院"', 'name ＝ "示例院"'),
    ("syntax_full_width", 'name = "示例院"', "name = “示例院”"),
    ("syntax_full_width", 'admins = ["zhou"]', 'admins = ["zhou"，"li"]'),
    ("syntax_full_width", "[server]", "【server】"),
    ("syntax_quote", 'name = "示例院"', 'name = "示例院'),
    ("syntax_quote", 'name = "示例院"', "name = '示例院"),
    ("syntax_quote", "group_of_at_least = 5", 'group_of_at_least = "5'),
    ("syntax_backslash", '"sqlite:data/lianxin.db"', '"sqlite:D:\\Users\\db"'),
    ("syntax_character", 'language = "zh"', 'language = "z\x00h"'),
    ("syntax_equals", 'language = "zh"', 'language "zh"'),
    ("syntax_value", 'language = "zh"', "language = zh"),
    ("syntax_value", 'language = "zh"', "language ="),
    ("syntax_statement", 'language = "zh"', '= "zh"'),
    ("syntax_statement", 'language = "zh"', "这是说明"),
    ("syntax_rest", 'due = "20h"', 'due = "20h" 小时'),
    ("syntax_bracket", 'admins = ["zhou"]', 'admins = ["zhou" "li"]'),
    ("syntax_bracket", "[server]", "[server"),
    ("syntax_twice", 'language = "zh"', 'language = "zh"\nlanguage = "en"'),
    ("syntax_twice", "[branches.hailan]", "[branches.qingfeng]"),
    ("syntax_date", "from = 2026-03-02", "from = 2026-02-30"),
    ("syntax_nested", 'language = "zh"', "language = " + "[" * 4000),
    ("syntax_number", "prompts_per_day = 3", "prompts_per_day = " + "3" * 5000),
    ("syntax_equals", 'language = "zh"', 'language = {"a" "zh"}'),
    # names of tables and keys
    ("unknown_key_like", 'language = "zh"', 'langage = "zh"'),
    ("unknown_key", 'language = "zh"', 'colour = "red"'),
    ("unknown_key_like", "members = [", 'memebers = ["li"]\nmembers = ['),
    ("unknown_key", 'holidays = "skip"', 'bonus = "100"'),
    ("unknown_key_like", 'report = { work = "closed" }', 'report = { works = "closed" }'),
    ("unknown_key_like", 'chat = "chen-1"', 'chatt = "chen-1"'),
    ("unknown_key", 'chat = "chen-1"', 'wecom = "ChenXiao"'),
    ("unknown_table_like", "[limits]", "[limit]"),
    ("unknown_table", "[limits]", "[weather]\nrain = true\n[limits]"),
    ("schedule_like", 'daily = "workdays 18:20"', 'weekly = "friday 16:40"'),
    ("schedule_like", 'daily = "workdays 18:20"', 'daily = "每个工作日 18点20分"'),
    ("schedule_time", 'daily = "workdays 18:20"', 'monthly = "monthly 3"'),
    ("leader_without_reason", 'liaison = "4h"', 'contact_leader = "28h"'),
    ("leader_without_reason", 'report = { work = "closed" }', 'silence = { contact_leader = "28h" }'),
    ("own_buddy", 'chat = "chen-1"', 'chat = "chen-1"\nbuddy = "chen"'),
    ("missing", "[people.zhou]", '[channels.wecom]\nkind = "wecom"\ncorp_id = "ww0123456789abcdef"\n[people.zhou]'),
    ("corp_id", "[people.zhou]", '[channels.wecom]\nkind = "wecom"\ncorp_id = "公司"\nagent_id = 1\n[people.zhou]'),
    ("env_name", "[people.zhou]", WECOM + 'secret_env = "my secret"\n[people.zhou]'),
    ("not_yes_or_no", "[people.zhou]", WECOM + 'cards = "yes"\n[people.zhou]'),
    ("number_range", "[people.zhou]", WECOM.replace("1000002", "0") + "[people.zhou]"),
    ("not_of_kind", 'kind = "webchat"', 'kind = "webchat"\ncorp_id = "ww0123456789abcdef"'),
    ("later_value", '"sqlite:data/lianxin.db"', '"postgresql://bot:pass@db/lianxin"'),
    ("secret_in_file", 'kind = "webchat"', 'kind = "webchat"\nsecret = "s"'),
    ("secret_in_file", 'kind = "webchat"', 'kind = "webchat"\nencoding_aes_key = "s"'),
    ("bad_id", "[homes.first]", '[homes."第一"]\nname = "甲"\n[homes.first]'),
    ("bad_id", "[study.friday]", "[study.Friday]"),
    ("bad_id", "[branches.hailan]", "[branches." + "h" * 33 + "]"),
    ("reserved_id", "[branches.hailan]", "[branches.away]"),
    ("reserved_id", "[people.zhou]", '[channels.status]\nkind = "webchat"\n[people.zhou]'),
    ("id_taken", "[branches.hailan]", "[branches.first]"),
    ("missing_at_top", 'name = "示例院"\n', ""),
    ("missing_at_top", 'admins = ["zhou"]\n', ""),
    ("missing", 'kind = "webchat"\n[people', "[people"),
    ("missing", 'title = "周五课堂"\n', ""),
    ("missing", 'kind = "case"\n', ""),
    ("missing", "from = 2026-03-02\n", ""),
    ("missing", 'members = ["li"]\n', ""),
    ("missing", "[limits]", "[roster]\n[limits]"),
    # values
    ("not_table", "[server]", 'roster = "members.xlsx"\n[server]'),
    ("not_table", 'name = "第一党支部"', "name = '第一'\n[homes]\nsecond = 3\n[homes.third]\nname = '第三'"),
    ("not_table", "approval = { by", "silence = 4\napproval = { by"),
    ("double_brackets", "[study.friday]", "[[study.friday]]"),
    ("not_text", 'name = "周敏"', "name = 3"),
    ("not_text", 'language = "zh"', "language = true"),
    ("not_text", 'due = "20h"', "due = 20"),
    ("not_text", 'ask = "mon,thu 17:40"', "ask = 17:40:00"),
    ("not_text", 'members = ["li"]', "members = [7]"),
    ("not_list", 'admins = ["zhou"]', 'admins = "zhou"'),
    ("not_list", 'remind = ["1d"]', 'remind = "1d"'),
    ("not_date", "to = 2026-05-29", 'to = "2026-05-29"'),
    ("not_date", "to = 2026-05-29", "to = 2026-05-29T10:00:00"),
    ("not_date", "off = [2027-01-01]", 'off = ["2027-01-01"]'),
    ("date_far", "to = 2026-05-29", "to = 9999-12-31"),
    ("not_whole", "prompts_per_day = 3", "prompts_per_day = true"),
    ("not_whole", "prompts_per_day = 3", "prompts_per_day = 3.0"),
    ("not_whole", "prompts_per_day = 3", 'prompts_per_day = "3"'),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 0"),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 21"),
    ("number_range", "prompts_per_day = 3", "prompts_per_day = 0x" + "f" * 4000),
    ("number_range", "group_of_at_least = 5", "group_of_at_least = 0"),
    ("not_choice", 'status = "full"', 'status = "党员"'),
    ("not_choice", 'language = "zh"', 'language = "fr"'),
    ("not_choice", 'report = { work = "closed" }', 'report = { work = "open" }'),
    ("not_choice", 'holidays = "skip"', 'holidays = "never"'),
    ("not_choice", 'kind = "training"', 'kind = "holiday"'),
    ("not_choice", 'kind = "webchat"', 'kind = "pigeon"'),
    ("unprintable", 'name = "周敏"', 'name = "周\\n敏"'),
    ("empty", 'name = "周敏"', 'name = " "'),
    ("empty", 'home = "first"', 'home = ""'),
    ("name_long", 'name = "清风专班"', f'name = "{NAME}"'),
    ("nobody", 'liaison = ["zhou"]\nmembers = ["li"]', 'liaison = []\nmembers = ["li"]'),
    ("nobody", 'audience = "all"', "audience = []"),
    ("nobody", 'admins = ["zhou"]', "admins = []"),
    ("gate_word", 'words = ["青松*"]', 'words = ["青松*", "* "]'),
    ("schedule_time", '"mon,thu 17:40"', '"mon,thu"'),
    ("schedule_form", '"mon,thu 17:40"', '"sometimes 17:40"'),
    ("schedule_weeks", '"fri 15:10"', '"every 99 weeks fri 15:10"'),
    ("schedule_never", '"fri 15:10"', '"yearly 02-30 15:10"'),
    ("schedule_cron_fields", '"fri 15:10"', '"cron: 1 2 3"'),
    ("schedule_cron_value", '"fri 15:10"', '"cron: 99 9 * * *"'),
    ("schedule_cron_weekday_number", '"fri 15:10"', '"cron: 0 9 * * 1"'),
    ("schedule_cron_two_days", '"fri 15:10"', '"cron: 0 9 1 * mon"'),
    ("schedule_time", '"workdays 18:20"', '"off"'),
    ("duration_form", 'due = "20h"', 'due = "20 hours"'),
    ("duration_form", 'early = "24h"', 'early = "-24h"'),
    ("duration_form", 'remind = ["1d"]', 'remind = ["1d", "soon"]'),
    ("duration_long", 'facts = "2y"', 'facts = "200y"'),
    ("duration_zero", 'due = "20h"', 'due = "0h"'),
    ("quiet_form", '"20:00-07:30"', '"at night"'),
    ("quiet_same", '"20:00-07:30"', '"20:00-20:00"'),
    ("time_zone", '"Asia/Shanghai"', '"北京时间"'),
    ("time_zone", '"Asia/Shanghai"', '"../../etc/passwd"'),
    ("time_zone", '"Asia/Shanghai"', '"Asia"'),
    ("time_zone_like", '"Asia/Shanghai"', '"asia/shanghia"'),
    ("time_zone_like", 'kind = "training"', 'kind = "training"\ntime_zone = "Asia/Urumchi"'),
    ("listen", '"127.0.0.1:8080"', '"8080"'),
    ("listen", '"127.0.0.1:8080"', '"127.0.0.1:70000"'),
    ("web_address", '"http://127.0.0.1:8080"', '"127.0.0.1:8080"'),
    ("web_address", '"https://www.example.cn"', '"www.example.cn"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"data/lianxin.db"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"sqlite:"'),
    ("store_url", '"sqlite:data/lianxin.db"', '"sqlite:///data/lianxin.db"'),
    # what does not fit together
    ("unknown_person", 'admins = ["zhou"]', 'admins = ["ghost"]'),
    ("unknown_person_like", 'admins = ["zhou"]', 'admins = ["zhuo"]'),
    ("unknown_person", 'liaison = ["zhou"]\nmembers = ["li"]', 'liaison = ["ghost"]\nmembers = ["li"]'),
    ("unknown_person", 'members = ["li"]', 'members = ["li", "ghost"]'),
    ("unknown_person", 'kind = "case"', 'kind = "case"\nsecretary = "ghost"'),
    ("unknown_person", 'secretary = "zhou"', 'secretary = "ghost"'),
    # party groups, meetings, talks, care
    ("unknown_group", 'chat = "chen-1"', 'chat = "chen-1"\ngroup = "ninth"\n[groups.first-1]\nname = "一组"'),
    ("unknown_group_like", 'chat = "chen-1"', 'chat = "chen-1"\ngroup = "frist-1"\n[groups.first-1]\nname = "一组"'),
    ("unknown_home_like", "[limits]", '[groups.first-1]\nname = "一组"\nhome = "frist"\n[limits]'),
    ("unknown_person_like", "[limits]", '[groups.first-1]\nname = "一组"\nleader = "zhuo"\n[limits]'),
    ("missing", "[limits]", '[groups.first-1]\nleader = "zhou"\n[limits]'),
    ("unknown_person", "[limits]", '[duty]\norgan_committee = ["nobody"]\n[limits]'),
    ("unknown_person", "[limits]", '[duty]\nleading_party_group = ["nobody"]\n[limits]'),
    ("schedule_time", "[limits]", '[duty]\nweekly_meeting = { when = "mon" }\n[limits]'),
    ("not_choice", "[limits]", '[duty]\nmonthly_comment = { by = "deputy" }\n[limits]'),
    ("unknown_key_like", "[limits]", '[duty.weekly_meeting]\nwehn = "mon 09:00"\n[limits]'),
    ("secret_team", "members = [", f'team = "{CASE_NUMBER}"\nmembers = ['),
    ("secret_team", "members = [", 'team = "青松一组"\nmembers = ['),
    ("missing", "[limits]", '[talks.x]\nname = "x"\n[limits]'),
    ("missing", "[limits]", '[talks.x]\nwhen = "away 30d"\n[limits]'),
    ("trigger", "[limits]", '[talks.on_request]\nwhen = "sometimes"\n[limits]'),
    ("schedule_never", "[limits]", '[talks.on_request]\nwhen = "yearly 02-31"\n[limits]'),
    ("whole_days", "[limits]", '[talks.on_request]\nwithin = "5h"\n[limits]'),
    ("not_choice", "[limits]", '[talks.on_request]\nby = "deputy"\n[limits]'),
    ("unknown_need_kind", "[limits]", '[talks.on_request]\nwhen = "need xyz"\n[limits]'),
    ("unknown_need_kind_like", "[limits]", '[talks.on_request]\nwhen = "need suport"\n[limits]'),
    ("unknown_platform", "[limits]", '[study.x]\ntitle = "x"\nwhen = "fri 15:10"\nplatform = "zzz"\n[limits]'),
    ("unknown_platform_like", "[limits]", '[study.x]\ntitle = "x"\nwhen = "fri 15:10"\nplatform = "xuexii"\n[limits]'),
    ("check_without_goal", "[limits]", '[platforms.xuexi]\ncheck = "yearly 09-01 09:10"\n[limits]'),
    ("same_number", 'name = "李明"', 'name = "李明"\nnumber = "7"\n[people.wu]\nname = "吴强"\nnumber = "7"'),
    ("not_choice", "[server]", 'study_packs = ["three-meeting"]\n[server]'),
    ("missing", "[limits]", '[platforms.own]\nlink = "https://www.example.cn"\n[limits]'),
    ("unknown_person", "[limits]", '[study.x]\ntitle = "x"\nwhen = "fri 15:10"\norganiser = "zzz"\n[limits]'),
    ("unknown_person", "[limits]", '[study.x]\ntitle = "x"\nwhen = "fri 15:10"\nspeakers = ["zzz"]\n[limits]'),
    ("not_date", "[branches.hailan]", '[branches.hailan]\ndeliverables = { "报告" = "3月1日" }'),
    ("unknown_study", "[limits]", '[talks.on_request]\nwhen = "7d before xyz"\n[limits]'),
    ("unknown_study_like", "[limits]", '[talks.on_request]\nwhen = "7d before fridy"\n[limits]'),
    ("not_meeting", "[limits]", '[talks.on_request]\nwhen = "7d before friday"\n[limits]'),
    ("whole_days", "[limits]", '[care]\nafter = "36h"\n[limits]'),
    ("whole_days", "[limits]", '[care]\nevery = "0d"\n[limits]'),
    ("not_list", "[limits]", '[care]\nfestivals = "2027-02-01"\n[limits]'),
    ("festival", "[limits]", '[care]\nfestivals = ["away 30d"]\n[limits]'),
    ("trigger", "[limits]", '[care]\nfestivals = ["Spring"]\n[limits]'),
    ("not_text", "[limits]", "[care]\nfestivals = [7]\n[limits]"),
    ("unknown_home_like", 'home = "first"', 'home = "frist"'),
    ("unknown_home", 'home = "first"', 'home = "ninth"'),
    ("unknown_channel", 'kind = "training"', 'kind = "training"\nchannel = "wecom"'),
    ("unknown_channel_like", 'kind = "training"', 'kind = "training"\nchannel = "chart"'),
    ("unknown_audience", 'audience = "all"', 'audience = "everyone"'),
    ("unknown_audience_like", 'audience = "all"', 'audience = ["first", "qingfen"]'),
    ("twice", 'members = ["chen", "li"]', 'members = ["chen", "li", "chen"]'),
    ("same_address", 'chat = "chen-1"', 'chat = "zhou"'),
    ("same_address", 'name = "李明"', 'name = "李明"\nchat = "chen-1"'),
    ("same_name", 'name = "海澜培训班"', 'name = "清风专班"'),
    ("secret_name", 'name = "清风专班"', f'name = "{CASE_NUMBER}专班"'),
    ("secret_name", 'name = "清风专班"', 'name = "青松二号"'),
    ("secret_id", "[branches.hailan]", f"[branches.h-1{'38' * 5}]"),
    ("dates_backwards", "to = 2026-05-29", "to = 2026-03-01"),
    ("approval_incomplete", 'by = "机关党委", ', ""),
    ("approval_incomplete", 'number = "7号", date', "date"),
    ("approval_incomplete", ", date = 2026-02-27", ""),
    ("keep_words", 'words = "30d"', 'words = "3y"'),
    ("keep_words", 'words = "30d"\nfacts = "2y"', 'facts = "1d"'),
]

# the sentence, the file in the folder of the unit's own sentences, and what stands in it
OWN_BAD = [
    ("own_place", "report.toml", 'noted = "{{ line }}"'),
    ("own_place", "cn/report.toml", 'noted = "{{ line }}"'),
    ("own_txt", "zh/report.toml.txt", 'noted = "{{ line }}"'),
    ("own_large", "zh/report.toml", "# " + "x" * 10_000_000),
    ("own_family", "zh/weather.toml", 'rain = "x"'),
    ("own_family_like", "zh/repot.toml", 'noted = "{{ line }}"'),
    ("own_closed", "zh/cli.toml", 'fine = "x"'),
    ("own_closed", "zh/pieces.toml", 'work = "x"'),
    ("own_closed", "en/check.toml", 'fine = "x"'),
    ("own_key", "zh/away.toml", 'weather = "x"'),
    ("own_key", "zh/away.toml", "a.b.c.d.e = 1"),
    ("own_key", "zh/away.toml", ".".join("a" * 1500) + " = 1"),
    ("own_key_like", "zh/away.toml", 'bakc = "x"'),
    ("own_fixed", "zh/web.toml", 'web_quick_well_says = "x"'),
    ("own_lays_out", "zh/report.toml", 'line = "x"'),
    ("own_not_text", "zh/away.toml", "back = 1"),
    ("own_not_text", "zh/away.toml", 'back = ["x"]'),
    ("own_not_text", "zh/words.toml", "mon = {}"),
    ("own_empty", "zh/away.toml", 'back = " "'),
    ("own_long", "zh/away.toml", f'back = "{"长" * 1366}"'),
    ("own_unseen", "zh/away.toml", 'back = "\\u0007"'),
    ("own_unseen", "zh/away.toml", 'back = "abc\\u202edef"'),
    ("own_secret", "zh/away.toml", f'back = "欢迎回来，{CASE_NUMBER}"'),
    ("own_secret", "zh/away.toml", 'back = "青松二号的同志，欢迎"'),
    ("own_secret", "zh/need.toml", 'branch_closed = "示检刑诉〔2026〕{{ number }}号"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{{ until.__class__ }}"'),
    ("own_code", "zh/away.toml", "leave_noted = \"{{ ''.join }}\""),
    ("own_code", "zh/away.toml", 'leave_noted = "{% for x in range(9) %}{% endfor %}"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{# remark #}"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{{{{"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{{ until() }}"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{{ until[0] }}"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{until}"'),
    ("own_code", "zh/away.toml", 'leave_noted = "｛｛until｝｝"'),
    ("own_code", "zh/away.toml", 'leave_noted = "{{ until | center(999999999) }}"'),
    ("own_code", "zh/away.toml", 'back = "}} x {{"'),
    ("own_name", "zh/away.toml", 'back = "{{ weather }}"'),
    ("own_name", "zh/gate.toml", 'refused = "{{ rule }}{{ refused_for }}{{ nothing_kept }}"'),
    ("own_name_like", "zh/away.toml", 'postponed = "{{ until }} {{ untill }}"'),
    ("own_form", "zh/away.toml", 'postponed = "{{ until | join }}"'),
    ("own_form", "zh/branch.toml", 'left = "{{ branch_name | upper }}"'),
    ("own_form", "zh/branch.toml", 'not_in_file = "{{ closes | until }}"'),
    ("own_often", "zh/branch.toml", f'left = "{"{{ branch_name }}" * 200}"'),
    ("own_missing", "zh/branch.toml", 'welcome = "{{ name }}同志，你好！"'),
    ("own_missing", "zh/gate.toml", 'refused = "不能发。"'),
    ("own_nothing", "zh/report.toml", 'nothing_asked = "{{ asks }}"'),
    ("syntax_quote", "zh/away.toml", 'back = "x'),
    ("syntax_twice", "zh/away.toml", 'back = "x"\nback = "y"'),
    ("syntax_nested", "zh/away.toml", "back = " + "[" * 4000),
]
