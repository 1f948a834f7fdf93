"""Members, liaison officers and people come and go in the file while a branch runs."""

from pathlib import Path

from tests.town import Town, edited, town_with

TO = "to = 2026-05-29"
SHORT = (TO, "to = 2026-03-12")
LIAISON = 'liaison = ["zhou", "wu"]'
MEMBERS = 'members = ["chen", "li", "wang", "zhao", "sun"]'
FEWER = 'members = ["chen", "li", "wang", "zhao"]'
LI = 'li = { name = "李明", status = "full" }'


async def last_words(t: Town, who: str) -> str:
    return (await t.heard(who))[-1]


async def test_who_is_added_is_welcomed_who_is_taken_out_is_told_and_the_others_hear_nothing(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00", (MEMBERS, FEWER)) as t:
        pass
    async with edited(tmp_path, "2026-03-02 10:00", (MEMBERS, 'members = ["chen", "li", "zhao", "sun"]')) as t:
        assert "you are a member" in await last_words(t, "sun")
        assert "你已不在「清风专班联络群」" in await last_words(t, "wang")
        assert len(await t.heard("chen")) == len(await t.heard("zhou")) == 1
        await t.until("2026-03-05 18:00")
        assert await t.owed("report.question") == ["chen", "li", "zhao", "chen", "li", "sun", "zhao"]


async def test_who_comes_back_is_welcomed_again(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00"):
        pass
    async with edited(tmp_path, "2026-03-03 10:00", (MEMBERS, FEWER)):
        pass
    async with edited(tmp_path, "2026-03-04 10:00") as t:
        assert "you are a member" in await last_words(t, "sun")


async def test_whoever_refused_and_comes_back_is_still_not_asked(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.talk("sun", "disagree")
    async with edited(tmp_path, "2026-03-03 10:00", (MEMBERS, FEWER)):
        pass
    async with edited(tmp_path, "2026-03-03 11:00") as t:
        await t.until("2026-03-05 18:00")
        assert "sun" not in await t.owed("report.question")


async def test_a_new_name_is_used_and_nobody_hears_of_it(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00"):
        pass
    renamed = (LI, 'li = { name = "李明明", status = "full" }')
    async with edited(tmp_path, "2026-03-02 10:00", renamed, ("清风专班临时党支部", "清风二组临时党支部")) as t:
        assert len(await t.heard("li")) == 1
        await t.until("2026-03-03 18:00")
        told = await last_words(t, "zhou")
        assert "李明明" in told
        assert "清风二组临时党支部" in told


async def test_a_new_liaison_hears_so_and_is_the_one_who_is_told(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00"):
        pass
    async with edited(tmp_path, "2026-03-02 10:00", (LIAISON, 'liaison = ["ma", "wu"]')) as t:
        assert "你是联络员" in await last_words(t, "ma")
        await t.until("2026-03-03 18:20")
        assert await t.owed("report.silent") == ["ma"]
        await t.heard("zhou")
        await t.talk("li", "求助 想换个住处")
        assert await t.heard("zhou") == []
        assert "想换个住处" in await last_words(t, "ma")


async def test_a_need_that_waits_for_the_morning_is_not_read_by_whoever_is_no_liaison_any_more(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 21:00") as t:
        await t.talk("li", "求助 想换个住处")
    async with edited(tmp_path, "2026-03-02 22:00", (LIAISON, 'liaison = ["wu"]')) as t:
        await t.until("2026-03-03 08:00")
        assert await t.owed("need.raised") == ["wu"]


async def test_who_becomes_liaison_in_the_last_days_is_asked_whether_to_go_on(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-09 10:00", SHORT):
        pass
    async with edited(tmp_path, "2026-03-10 10:00", SHORT, (LIAISON, 'liaison = ["wu"]')) as t:
        assert await t.owed("closing.question") == ["zhou", "wu"]


async def test_a_person_who_is_taken_out_of_the_file_is_neither_asked_nor_told_of(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:40")
    out = ('sun = { name = "孙悦", status = "officer", language = "en" }\n', "")
    async with edited(tmp_path, "2026-03-02 18:00", out, (MEMBERS, FEWER)) as t:
        said = await t.talk("sun", "1")
        assert "名单里没有你" in said
        before = len(await t.heard("sun"))
        await t.until("2026-03-05 18:00")
        assert len(await t.heard("sun")) == 0 < before
        assert "孙悦" not in "".join(await t.heard("zhou"))[200:]


async def test_a_branch_without_file_loses_the_people_the_file_loses(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        await t.until("2026-03-02 17:40")
    whole = town_with()
    cut = (whole[whole.index("[branches.qingfeng]") :], "")
    chen = ('chen = { name = "陈晓", status = "full" }\n', "")
    zhou = ('zhou = { name = "周敏" }\n', "")
    async with edited(tmp_path, "2026-03-02 18:00", cut, chen, zhou, ('admins = ["zhou"]', 'admins = ["ma"]')) as t:
        await t.until("2026-03-03 18:00")
        assert await t.owed("report.silent") == ["wu"]
        assert "陈晓" not in await last_words(t, "wu")


async def test_a_home_that_is_taken_out_leaves_the_people(tmp_path: Path) -> None:
    home = '[homes.first]\nname = "第一党支部"\n'
    lesson = '[study.one]\ntitle = "课"\nwhen = "daily 15:10"\naudience = ["first"]\n'
    with_home = (LI, 'li = { name = "李明", status = "full", home = "first" }')
    async with edited(tmp_path, "2026-03-02 08:00", with_home, more=home + lesson) as t:
        await t.until("2026-03-02 15:10")
        assert set(await t.owed("study.now")) == {"li"}
    async with edited(tmp_path, "2026-03-02 18:00") as t:
        await t.until("2026-03-05 18:00")
        assert await t.owed("study.now") == ["li"]
        assert await t.state() == "running"


async def test_three_full_members_become_two_and_it_is_a_liaison_group(tmp_path: Path) -> None:
    async with edited(tmp_path, "2026-03-02 08:00") as t:
        assert "临时党支部" in await last_words(t, "li")
    async with edited(
        tmp_path, "2026-03-02 10:00", ('chen = { name = "陈晓", status = "full" }', 'chen = { name = "陈晓" }')
    ) as t:
        await t.heard("li")
        await t.until("2026-03-02 17:40")
        assert "【清风专班联络群】" in await last_words(t, "li")
