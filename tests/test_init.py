"""The guided start, at a real terminal and without one."""

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clock as clocks
from bot.__main__ import main
from bot.config.load import load
from tests.dialogue import CTRL_C, CTRL_D, dialogue
from tests.town import ZONE, town

TODAY = clocks.real().astimezone(ZONE).date()
OPENS, CLOSES = TODAY + timedelta(days=3), TODAY + timedelta(days=90)
DAYS = f"{OPENS} 到 {CLOSES}"
APPROVED = f"机关党委，机党〔2026〕7号，{TODAY}"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


def begin(folder: Path, *words: str) -> Done:
    """`lianxin init FOLDER WORDS` where nobody can be asked."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["init", str(folder), *words])
    return Done(code, out.getvalue(), err.getvalue())


UNIT = ("--name", "示例县人民检察院", "--admin", "周敏")
BRANCH = ("--branch", "清风专班临时党支部", "--from", str(OPENS), "--to", str(CLOSES), "--member", "陈晓、李明、王静")


def test_a_unit_is_set_up_in_chinese_at_a_terminal(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path / "unit")) as d:
        assert "语言" in d.types()
        d.types("", "示例县人民检察院", "周敏", "清风专班临时党支部", DAYS)
        d.types("陈晓 李明、王静", "", APPROVED, "", "工作日 18:10")
        assert "办案" in d.seen
        d.types("")
        assert d.ends() == 0
    config = load(tmp_path / "unit" / "config.toml")
    assert (config.name, config.admins, config.branches["b01"].kind) == ("示例县人民检察院", ("p01",), "case")
    assert [person.name for person in config.people.values()] == ["周敏", "陈晓", "李明", "王静"]
    assert [config.people[one].status for one in config.branches["b01"].members] == ["full"] * 3
    assert config.report.ask.text == "workdays 18:10"
    assert (tmp_path / "unit" / "members.xlsx").is_file()
    for said in ("写好了", "没有问题：4 人，1 个支部", "空花名册 members.xlsx", "○○同志，你好", "p03 李明"):
        assert said in d.seen


def test_a_unit_is_set_up_in_english_at_a_terminal(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path), lang="en_US.UTF-8") as d:
        d.types("", "Example Procuratorate", "Zhou Min", "Clear Wind", "3", f"{OPENS} {CLOSES}")
        d.types("Chen Xiao, Li Ming", "Wu Qiang", "", "fri 16:00", "")
        assert d.ends() == 0
    config = load(tmp_path / "config.toml")
    assert (config.language, config.branches["b01"].kind) == ("en", "secondment")
    assert config.branches["b01"].approval is None
    for said in ("Written", "is fine", "p04 Li Ming", "Hello …!"):
        assert said in d.seen
    assert not [line for line in (tmp_path / "config.toml").read_text("utf-8").split("\n") if "编号" in line]


def test_the_language_is_asked_first_and_holds_from_there(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path), lang="en_US.UTF-8") as d:
        assert "In brackets" in d.types()
        assert "单位名称" in d.types("zh")


def test_a_wrong_answer_is_explained_and_asked_again(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path)) as d:
        assert "只能写 zh | en" in d.types("fr")
        assert "不能空着" in d.types("", "")
        assert "最多 40 个" in d.types("很" * 41)
        assert "案号" in d.types("示例院", "周敏", "某检刑诉〔2026〕12号")
        assert "早于第一天" in d.types("清风小组", "1", f"{CLOSES} {OPENS}")
        assert "已经过去" in d.types("2020-03-02 2020-05-29")
        assert "写了不止一次" in d.types(DAYS, "李明、李明")
        assert "缺少 number, date" in d.types("陈晓、李明", "", "机关党委")
        assert "不在成员里" in d.types(APPROVED, "赵磊")
        assert "24 小时制" in d.types("-", "周五 25:00")
        assert not list(tmp_path.iterdir())


def test_what_another_encoding_makes_of_a_name_is_refused(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path)) as d:
        d.types("")
        assert "看不见的字符" in d.types("示例院", encoding="gb18030")


def test_one_may_go_back_and_finds_ones_answer_in_brackets(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path)) as d:
        assert "前面没有问题" in d.types("<")
        assert "[示例院]" in d.types("", "示例院", "<")
        assert "[周敏]" in d.types("", "周敏", "返回")
        assert "语言" in d.types("<", "<")


def test_any_answer_may_be_changed_before_it_is_written(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path)) as d:
        d.types("", "示例院", "周敏", "清风专班", DAYS, "陈晓、李明、王静", "", APPROVED, "李明", "")
        assert "培训" in d.types("4", "海澜培训班")
        assert "其中正式党员" in d.types("7", "陈晓、王静")
        assert "1 到 12" in d.types("王静", "99")
        d.types("12", "8099", "")
        assert d.ends() == 0
    config = load(tmp_path / "config.toml")
    assert (config.server.listen, config.branches["b01"].kind) == ("127.0.0.1:8099", "training")
    assert [one.name for one in config.people.values() if one.status == "full"] == ["王静"]


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 2)])
@pytest.mark.parametrize("before", [[], ["", "示例院", "周敏", "-", ""]])
def test_whoever_breaks_off_leaves_nothing_behind(tmp_path: Path, before: list[str], key: str, code: int) -> None:
    with dialogue("init", str(tmp_path / "unit")) as d:
        assert "没有写任何文件" in d.types(*before, key)
        assert d.ends() == code
    assert not list(tmp_path.iterdir())


def test_flags_answer_questions_at_a_terminal_too(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path), *UNIT, "--language", "zh", "--later") as d:
        assert "什么时候问" in d.types()
        d.types("", "")
        assert d.ends() == 0
    with dialogue("init", str(tmp_path / "b"), *UNIT, *BRANCH, "--yes") as d:
        d.types()
        assert (d.ends(), "> " in d.seen) == (0, False)


def test_flags_alone_set_up_a_unit_that_answers(tmp_path: Path) -> None:
    more = ("--approval", APPROVED, "--liaison", "吴强", "--liaison", "周敏", "--port", "8123")
    done = begin(tmp_path, *UNIT, *BRANCH, *more)
    assert done.code == 0, done.err
    config = load(tmp_path / "config.toml")
    assert config.branches["b01"].liaison == ("p02", "p01")
    assert "127.0.0.1:8123" in (tmp_path / "config.toml").read_text("utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["config.toml", "members.xlsx"]


@pytest.fixture
def first_file(tmp_path: Path) -> str:
    assert begin(tmp_path, *UNIT, *BRANCH, "--ask", "daily 17:40").code == 0
    return (tmp_path / "config.toml").read_text("utf-8").replace('#holidays = "skip"', 'holidays = "keep"')


async def test_a_bot_started_on_the_first_file_answers(first_file: str) -> None:
    async with town(first_file, f"{OPENS} 08:00") as t:
        await t.until(f"{OPENS} 17:41")
        assert "怎么样？" in (await t.heard("p02"))[-1]
        assert "已记" in await t.talk("p02", "1")


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--name --admin --branch --kind --from --to --member"),
        (UNIT, "--branch --kind --from --to --member"),
        ((*UNIT, "--branch", "清风专班", "--from", str(OPENS)), "--to --member"),
        ((*UNIT, "--branch", "清风小组", "--later"), "--kind --from --to"),
        (("--later",), "--name --admin"),
    ],
)
def test_without_a_terminal_what_is_missing_is_named(tmp_path: Path, words: tuple[str, ...], missing: str) -> None:
    done = begin(tmp_path / "unit", *words)
    assert (done.code, done.out) == (2, "")
    assert f"还缺 {missing}。" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "cace"), "只能写"),
        (("--ask", "soon"), "钟点"),
        (("--port", "99999"), "端口"),
        (("--language", "fr"), "zh | en"),
        (("--liaison", "很" * 41), "最多 40 个"),
        (("--full-member", "赵磊", "--approval", APPROVED), "不在成员里"),
    ],
)
def test_a_flag_that_cannot_be_read_is_explained(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    done = begin(tmp_path / "unit", *UNIT, *BRANCH, *words)
    assert (done.code, said in done.err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_a_branch_whose_people_come_later_waits_in_the_file(tmp_path: Path) -> None:
    done = begin(tmp_path, *UNIT, *BRANCH[:-2], "--later")
    text = (tmp_path / "config.toml").read_text("utf-8")
    assert (done.code, load(tmp_path / "config.toml").branches) == (0, {})
    assert "#[branches.b01]" in text
    assert "什么都不会发" in done.out
    waiting = text[text.index("#[branches.b01]") :].split("\n\n")[0]
    ready = re.sub("^#", "", waiting, flags=re.MULTILINE).replace("[]", '["p01"]')
    (tmp_path / "ready.toml").write_text(text + ready, "utf-8")
    assert load(tmp_path / "ready.toml").branches["b01"].name == "清风专班临时党支部"


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine", "utf-8")
    done = begin(tmp_path, *UNIT, *BRANCH)
    assert (done.code, "已经有了" in done.err) == (2, True)
    assert (tmp_path / "config.toml").read_text("utf-8") == "mine"


def test_a_file_that_came_while_questions_were_answered_is_left_alone(tmp_path: Path) -> None:
    with dialogue("init", str(tmp_path), *UNIT, "--language", "zh", "--later") as d:
        d.types("")
        (tmp_path / "config.toml").write_text("mine", "utf-8")
        assert "已经有了" in d.types("")
        assert d.ends() == 2
    assert (tmp_path / "config.toml").read_text("utf-8") == "mine"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "unit").write_text("", "utf-8")
    for place in (tmp_path / "unit", tmp_path / "unit" / "deeper"):
        done = begin(place, *UNIT, *BRANCH)
        assert (done.code, "不是文件夹" in done.err) == (2, True)


def test_the_first_week_may_be_read_whole(tmp_path: Path) -> None:
    done = begin(tmp_path, *UNIT, *BRANCH, "--full")
    assert "| ○○同志，你好！" in done.out
    assert "第一次回答就表示同意" in done.out
