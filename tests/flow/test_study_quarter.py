"""A quarter of the sample organisation, with what people say in it: every reminder, bulletin, turn and share-back at
its hour, held against a table that was written by hand from the file and the calendar."""

from pathlib import Path

from bot.domain import instant
from bot.store.tables import Tables
from tests.town import ZONE, Town, moment, town

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "config.example.toml").read_text("utf-8")
TABLE = Path(__file__).parent / "study_quarter.txt"
FAMILIES = ("study.", "rota.", "share_back.", "bulletin.", "classes.", "project.")
GROUPS = {
    "all": "chen gao he li lin luo ma qian sun wang wu zhao zhou",
    "case": "chen li sun wang zhao",
    "training": "gao he lin luo",
    "away": "chen gao he li lin luo sun wang zhao",
    "here": "ma qian wu zhou",
    "back": "gao he lin luo ma qian wu zhou",
    "theme": "chen li ma qian sun wang wu zhao zhou",
    "readers": "chen ma qian zhou",
}
SAID = (
    ("2026-03-18 16:00", "he", "交付 结业小结"),
    ("2026-03-23 10:00", "he", "选时间 1"),
    ("2026-04-07 10:00", "gao", "对调 周敏"),
    ("2026-04-07 10:05", "zhou", "同意对调"),
    ("2026-04-10 16:45", "zhou", "点名 周五课堂 都到"),
    ("2026-04-20 10:00", "zhou", "取消学习 周五课堂 5月1日"),
    ("2026-04-20 10:01", "zhou", "确认"),
    ("2026-05-11 10:00", "zhou", "改期 周五课堂 5月14日 15:10"),
    ("2026-05-11 10:01", "zhou", "确认"),
    ("2026-05-21 10:00", "qian", "免讲 高翔"),
)


async def heard(t: Town) -> list[str]:
    """`04-03 Fri 09:00 rota.yours zhou`, by the hour; of study also which item."""
    rows = await t.rows(
        "SELECT o.kind, o.reason, o.member, d.made_at FROM outbox o JOIN delivery_to d ON d.delivery = o.delivery"
        " AND d.member = o.member WHERE o.state = 'taken' ORDER BY d.made_at, o.kind, o.reason, o.member"
    )
    told: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["kind"].startswith(FAMILIES):
            at = instant.parse(row["made_at"]).astimezone(ZONE)
            item = f" {row['reason'].split(':')[1]}" if row["kind"].startswith("study.") else ""
            told.setdefault((f"{at:%m-%d %a %H:%M}", row["kind"] + item), []).append(row["member"])
    named = {people: name for name, people in GROUPS.items()}
    return [
        f"{at} {kind} {named.get(' '.join(sorted(who)), ' '.join(sorted(who)))}" for (at, kind), who in told.items()
    ]


async def test_everything_comes_at_its_hour() -> None:
    progress = {("li", 2026, ""): (500, True), ("wang", 2026, ""): (3000, True)}
    async with town(EXAMPLE, "2026-03-02 07:00") as t:
        await t.bot.store.write(
            lambda tx: Tables(tx).progress.take("ah-cadre", progress, moment("2026-03-02 07:00"), enter=True)
        )
        for at, who, words in SAID:
            await t.until(at)
            await t.talk(who, words)
        await t.until("2026-06-01 07:00")
        found = await heard(t)
    wanted = [line for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert found == wanted
