"""The platforms people study on: what their exports are called by, and what a unit plans for a year on each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.domain.cadence import Schedule

Unit = Literal["hours", "points", "courses"]
Role = Literal["name", "number", "course", "amount", "finished", "year"]
ROLES: tuple[Role, ...] = ("name", "number", "course", "amount", "finished", "year")
Columns = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Platform:
    """`columns`: by role the heads that stand for it, the first that is there counts.

    `goal`: what is planned for a year, in `unit`; None: nothing is. `check`: when whoever is behind it hears so.
    """

    name: str
    english: str = ""
    link: str = ""
    unit: Unit = "hours"
    goal: int | None = None
    check: Schedule | None = None
    columns: Columns = field(default_factory=dict[str, tuple[str, ...]])

    def named(self, language: str) -> str:
        return self.english if language == "en" and self.english else self.name


NAME_HEADS = ("姓名", "学员姓名", "用户姓名", "学员", "name")
NUMBER_HEADS = ("工号", "学号", "员工编号", "人员编号", "账号", "用户名", "number")
YEAR_HEADS = ("年度", "年份", "year")
COURSE_HEADS = ("课程名称", "课程", "专题名称", "班次名称", "course")
HOUR_HEADS = ("获得学时", "总学时", "学时", "累计学时", "已获学时", "hours")
POINT_HEADS = ("总积分", "学习积分", "积分", "累计积分", "points")
DONE_HEADS = ("完成情况", "是否完成", "学习状态", "完成状态", "finished")
PERSON_COLUMNS: Columns = {"name": NAME_HEADS, "number": NUMBER_HEADS, "year": YEAR_HEADS}
HOUR_COLUMNS: Columns = {**PERSON_COLUMNS, "course": COURSE_HEADS, "amount": HOUR_HEADS, "finished": DONE_HEADS}

SHIPPED: Mapping[str, Platform] = {
    "xuexi": Platform(
        *("学习强国", "Xuexi Qiangguo", "https://www.xuexi.cn", "points"),
        columns={**PERSON_COLUMNS, "amount": POINT_HEADS},
    ),
    "ah-cadre": Platform(
        *("安徽干部教育在线", "Anhui Cadre Education Online", "https://www.ahgbjy.gov.cn"), columns=HOUR_COLUMNS
    ),
    "procurator": Platform(
        "中国检察教育培训网络学院", "China Prosecutors Training Network College", columns=HOUR_COLUMNS
    ),
}
