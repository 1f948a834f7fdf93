"""The forms of text that may not pass the secrecy gate: case numbers, personal numbers, secrecy markings.

The patterns read text that bot/domain/gate.py has folded: half width, lower case, one kind of bracket. Every
repetition in them has an upper bound, so the work grows with the length of a text and never faster.
"""

import re

# --- how people dress what they type ---------------------------------------------------------------------------------

SEPARATORS = " \t\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad-‐‑–—－−_＿.．·•・‧∙⋅"
# Round a year these are brackets like any; round a word they make a title or a quotation, never a marking.
QUOTES = ("《〈<«‹「『﹁﹃〝", "》〉>»›」』﹂﹄〞")
_ALIKE = {
    "хχ×✕✖╳": "x",
    "零○◯": "〇",
    "壹弌幺": "一",
    "贰貳弍": "二",
    "叁參叄": "三",
    "肆": "四",
    "伍": "五",
    "陆陸": "六",
    "柒": "七",
    "捌": "八",
    "玖": "九",
    "☆⭐✩✪⭑": "★",
}
_TRADITIONAL = ("檢訴監號執絕機內終請審證複離罰決資擴嚴銀開", "检诉监号执绝机内终请审证复离罚决资扩严银开")
FOLDED = {
    **dict(zip(*_TRADITIONAL, strict=True)),
    **{char: plain for alike, plain in _ALIKE.items() for char in alike},
    **dict.fromkeys(SEPARATORS, " "),
    **dict.fromkeys(QUOTES[0], "<"),
    **dict.fromkeys(QUOTES[1], ">"),
    "\n": "\n",
}
NUMERALS = str.maketrans("〇一二三四五六七八九", "0123456789")

# --- case numbers ----------------------------------------------------------------------------------------------------

_YEAR = "(?:19|2[0o])[0-9o]{2}"
_BRACKETED = rf"\((?:{_YEAR}年?\)?|[0-9]{{2}}年?\))"
_SERIAL = "第?[a-z]{0,2}[0-9十百千]{1,12}"
_UNBRACKETED = rf"(?:{_YEAR}[年)]{{0,2}})?{_SERIAL}号"

# Courts: (year) court type serial 号 (法〔2015〕137号 《关于人民法院案件案号的若干规定》), and the older 字第 serial.
_PROVINCE_NAME = "[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔贵云藏陕甘青宁新兵军]"
_INSTANCE = "[刑民行商知经][0-9]?赔?[初终再申抗辖]"
_TRIAL = f"(?:{_INSTANCE}|[刑民行]赔?[监撤特催督破算医核没更他审保提复](?:[监终复备])?|刑执)"
_ENFORCED = "执[恢异复监保协他督请提]"
_OTHER = "[行法委]?赔|破[申终监]?|强清|清[申终监]|财保|证保|[民行]?诉前调|司惩|司救.?|认[台港澳复]|协外认?"
_TYPE = f"(?:知?{_TRIAL}|{_ENFORCED}|执|{_OTHER})"

# Procuratorates, police, supervision: office, perhaps department, what is done in the case, (year) serial 号.
# A letter that stands in the numbers of ordinary documents (检党发, 检办函, 高检发刑字) breaks the chain.
_LETTER = "(?![发党函办组宣干文团会通规纪])[\u4e00-\u9fff0-9()]"
_THEN = "[受决意建复移延退备撤调他]?"
_STEP = (
    "(?:诉|捕|刑|民|行|监|侦|立|拘传?|逮|抗|赔|羁审?|执|案|受理?|公益|民公|行公|[刑控民行]申|救助|司救|执检|减假|纠违?|意"
    "|撤|移|退补?|延|审查|调证|取保|监居|传唤|讯|询|搜|扣|冻|认罚|社矫|(?<!高检)建)"
)
_OFFICE = "(?<![质国])检(?!察(?!部))"
_MEASURE = "(?:立案?|受案|拘|捕|诉|侦|搜查?|扣|传|冻|撤案|释|取保|监居|行罚|移|鉴|勘)"
_PROCURATORATE = rf"{_OFFICE}(?:{_LETTER}){{0,8}}?{_STEP}{_THEN}字?"
_POLICE = rf"公(?:\([^()]{{1,6}}\)(?:{_LETTER}){{1,6}}|(?:{_LETTER}){{0,6}}?{_MEASURE}{_THEN}字)"
_SUPERVISION = rf"[监纪](?:{_LETTER}){{0,4}}?(?:[立留移诉案罚搜扣冻讯调]|处分?|(?<=纪)审){_THEN}字?"
_ANYONE = rf"(?:(?<![投发])诉|捕|拘|羁|立案|立字|受案|罚决|执字|仲案|{_INSTANCE}){_THEN}字?"

_PLAINLY_A_CASE = (
    rf"{_OFFICE}(?:{_LETTER}){{0,6}}?(?:刑不?诉|公诉|不诉|移诉|批捕|刑捕|不捕|提捕|刑申|刑抗|刑执|民监|行监|侦监){_THEN}字?"
    rf"|公\([^()]{{1,6}}\)(?:{_LETTER}){{0,5}}字|[监纪](?:{_LETTER}){{0,4}}?[立留]字"
    rf"|(?:诉|捕|拘|立|立案|受案|罚决|执|{_INSTANCE}){_THEN}字"
)
_LABEL = "(?:(?<![备档方病图提预教])案|案件|受理|受案|收案|立案|警情|接警|卷宗|起诉书)(?:编号|号码?)"

CASE_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        # 蒙检刑诉〔2026〕12号, 公（刑）立字〔2026〕12号, 皖监立〔2026〕12号
        rf"(?:{_PROCURATORATE}|{_POLICE}|{_SUPERVISION}|{_ANYONE}){_BRACKETED}{_SERIAL}",
        # 蒙检刑诉2026年12号, 立字第12号
        rf"(?:{_PLAINLY_A_CASE}){_UNBRACKETED}",
        # (2026)皖1622刑初12号, (2026)最高法民申12号
        rf"{_BRACKETED}(?:最高法|{_PROVINCE_NAME}[0-9]{{0,4}}){_TYPE}字?{_SERIAL}",
        # (2015)蒙刑初字第12号
        rf"{_BRACKETED}[\u4e00-\u9fff0-9]{{0,8}}?(?:{_INSTANCE}|{_ENFORCED}|[执破]字)字?{_SERIAL}",
        # 皖1622刑初12, 皖1622执12号, 最高法民申12号, 刑初12号
        rf"{_PROVINCE_NAME}[0-9]{{2,4}}知?(?:{_TRIAL}|{_ENFORCED})字?{_SERIAL}",
        rf"(?:(?:最高法|{_PROVINCE_NAME}[0-9]{{2,4}}){_TYPE}|[刑民行][初终再申抗辖])字?{_SERIAL}号",
        rf"{_LABEL}(?:是|为|[:=#])?(?:\(?[a-z]{{0,6}}[0-9]{{6,30}}|[0-9]{{1,5}}号|\([0-9]{{4}}\))",
        # the police's own: a letter, the office, year and month, serial
        r"(?<![a-z])[a-z][1-6][0-9]{11}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{4}",
    )
)

# What every one of these has in it: most messages have none of it and are done with here.
HINT_OF_A_CASE = re.compile(rf"\([0-9]|号|{_PROVINCE_NAME}[0-9]{{2}}|[0-9]{{22}}")

# --- personal numbers ------------------------------------------------------------------------------------------------

# A number stands alone between other digits: typed in one piece, or as all the groups of a row. So lists of short
# numbers seldom look like one long number. An ID number says so much by its date that any groups in a row will do.
_DIGIT = "[0-9o〇一二三四五六七八九]"
_LAST = "[0-9o〇一二三四五六七八九x*]"
_GAP = "[ \n()]{0,3}"
LONG_NUMBER = re.compile(rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{10}}")
ALONE = {
    size: re.compile(
        rf"(?<![0-9])(?=({_DIGIT}{{{size}}}(?![0-9])|(?<![0-9] ){_DIGIT}(?: ?{_DIGIT}){{{size - 1}}}(?! ?[0-9])))"
    )
    for size in range(15, 20)
}
IN_A_ROW = {
    size: re.compile(rf"(?<![0-9])(?=({_DIGIT}(?:{_GAP}{_DIGIT}){{{size - 2}}}{_GAP}{_LAST})(?![0-9]))")
    for size in (17, 18)
}
_ABROAD = "(?:(?:0 ?0 ?)?8 ?6 ?|0 ?)?"
_USUAL_GROUPS = "|".join(
    "[ ()]{0,3}".join(f"{_DIGIT}{{{size}}}" for size in sizes) for sizes in ("144", "135", "243", "234")
)
MOBILE = re.compile(
    rf"(?<![0-9]){_ABROAD}[1一][3-9三四五六七八九](?:{_USUAL_GROUPS})(?![0-9])"
    rf"|(?<![0-9])(?<![0-9] ){_ABROAD}[1一] ?[3-9三四五六七八九](?: ?{_DIGIT}){{9}}(?! ?[0-9])"
)

_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# GB 11643: region, birth, order, check character; the old form has a year of two digits and no check character.
ID_NUMBER = re.compile(rf"{_PROVINCE}[0-9]{{4}}(?:19[0-9]{{2}}|20[01][0-9]){_DAY}[0-9]{{2,3}}[0-9x]")
ID_NUMBER_OF_A_CHILD = re.compile(rf"{_PROVINCE}[0-9]{{4}}20[2-3][0-9]{_DAY}[0-9]{{3}}[0-9x]")
OLD_ID_NUMBER = re.compile(rf"{_PROVINCE}(?:0[1-9]|[1-6][0-9]|70|90)[0-9]{{4}}{_DAY}[0-9]{{3}}")
NAMED_ID_NUMBER = re.compile(rf"身份(?:证|号)[^0-9]{{0,10}}{_DIGIT}(?: ?{_DIGIT}){{14,18}}")
NAMED_BANK_CARD = re.compile(rf"(?:银行|储蓄|工资|信用|借记)卡[^0-9]{{0,10}}{_DIGIT}(?: ?{_DIGIT}){{15,18}}(?![0-9])")

# --- markings --------------------------------------------------------------------------------------------------------

_LEVEL = "(?:绝密|机密|秘密)"
_PAPER = f"{_LEVEL}级?(?:文件|材料|资料|卷宗|案卷|档案|电报|文稿|方案|线索)"
_LESSON = "的?(?:保管|管理|传递|收发|清退|销毁|借阅|区别|范围|要求|规定|标志|如何|怎|由|应|要|需|必须)"
_KEEP_IN = "(?:不得|严禁|请勿|禁止|不准|切勿|勿)(?:外传|扩散|转发|外泄|传播|翻印)"
_ENGLISH = "topsecret|confidential"
MARKINGS = tuple(
    re.compile(pattern)
    for pattern in (
        # the state's marking is level, star, term: 绝密★30年
        rf"(?:{_LEVEL}|内部)级?★|★{_LEVEL}",
        rf"(?<![密等一]级)\({_LEVEL}级?\)|\((?:内部(?:资料|文件|材料|参考|传阅)|{_ENGLISH})\)|(?:^|\n)\(内部\)",
        rf"密级(?:[:=]{_LEVEL}|[为是]?{_LEVEL}(?!的))(?!(?:[、,和及与或]?{_LEVEL}){{2}})",
        rf"内部(?:资料|文件|材料|参考|刊物|情况|使用)?[^\w\n]{{0,3}}注意保[密存管]|内部[^。!?\n]{{0,8}}{_KEEP_IN}",
        rf"工作秘密[^\w\n]{{0,3}}(?:★|注意保|{_KEEP_IN})",
        rf"(?:^|\n){_LEVEL}级?关于",
    )
)
MARKED_LINE = re.compile(rf"[^\w]{{0,20}}(?:{_LEVEL}级?|内部(?:资料|文件|材料|参考)|{_ENGLISH})[^\w]{{0,20}}")
HINTS_OF_A_MARKING = ("密", "内部", "secret", "confidential")
# "机密文件如何保管" and "严禁用手机传机密文件" are what people are taught, not papers that are marked.
MARKED_PAPER = re.compile(rf"{_PAPER}(?!{_LESSON})")
WARNING = re.compile(
    rf"(?:严禁|禁止|不得|不准|不要|不能|不许|切勿|没有|不是|不拍|不传|不带|什么是)[^,。;!?\n]{{0,8}}{_PAPER}"
)
