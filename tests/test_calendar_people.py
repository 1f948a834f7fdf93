"""`lianxin calendar` of a unit in which duty was handed on and members were added or removed in chat."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.test_calendar import PLACES, block, shown, written
from tests.town import TOWN, town

Capture = pytest.CaptureFixture[str]


async def test_while_a_deputy_stands_in_digests_and_questions_are_shown_as_theirs(
    tmp_path: Path, capsys: Capture
) -> None:
    file = written(tmp_path, TOWN + PLACES)
    async with town(file.read_text("utf-8"), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("zhou", "交班 吴强 到周四")
        said = shown(capsys, file, "2026-03-05", 2)
    assert "有情况就发给吴强" in "\n".join(block(said, "3月5日"))
    assert "有情况就发给周敏" in "\n".join(block(said, "3月6日"))


async def test_another_order_in_the_file_counts_before_what_was_handed_in_chat(tmp_path: Path, capsys: Capture) -> None:
    file = written(tmp_path, TOWN + PLACES)
    async with town(file.read_text("utf-8"), "2026-03-03 10:00", tmp_path) as t:
        await t.talk("zhou", "交班 吴强 到周四")
        written(tmp_path, (TOWN + PLACES).replace('["zhou", "wu"]', '["ma", "wu"]'))
        assert "有情况就发给马骏" in shown(capsys, file, "2026-03-05", 1)


async def test_members_who_left_in_chat_are_not_counted_and_the_name_follows(tmp_path: Path, capsys: Capture) -> None:
    text = (TOWN + PLACES).replace("from = 2026-03-02", "from = 2026-03-09")
    file = written(tmp_path, text)
    async with town(file.read_text("utf-8"), "2026-03-09 10:00", tmp_path) as t:
        await t.talk("zhou", "移出 王静")
        await t.talk("zhou", "确认")
        said = shown(capsys, file, "2026-03-09", 2)
        assert "给 4 名成员" in said
        assert "清风专班联络群" in said
        assert "临时党支部" not in said
        other = text.replace('"sun"]', '"sun", "ma"]')
        written(tmp_path, other)
        assert "给 6 名成员" in shown(capsys, file, "2026-03-09", 2)


BACK_TO_9 = """
DROP INDEX outbox_held;
DROP TABLE study_session;
DROP TABLE study_note;
DROP TABLE study_progress;
DROP TABLE book;
DROP TABLE share_back;
DROP TABLE group_chat;
DROP TABLE group_chat_member;
ALTER TABLE delivery DROP COLUMN card;
ALTER TABLE delivery DROP COLUMN chat;
DELETE FROM schema_version WHERE number >= 10;
"""


async def test_a_database_that_has_not_been_brought_up_to_this_version_is_read_all_the_same(
    tmp_path: Path, capsys: Capture
) -> None:
    file = written(tmp_path, TOWN + PLACES)
    async with town(file.read_text("utf-8"), "2026-03-03 10:00", tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / "town.db")) as database:
        database.executescript(BACK_TO_9)
    assert "提问" in shown(capsys, file, "2026-03-05", 1)
