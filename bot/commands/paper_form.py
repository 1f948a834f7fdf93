"""A sheet to fill in by hand where there is no signal: it prints on A4, and can be typed in and imported later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from bot.config.paper import MARK
from bot.domain.branch import Kind
from bot.domain.paper import COLUMNS
from bot.domain.people import Member
from bot.domain.reading import WorkMode

Say = Callable[..., str]
HEADS = ("day", "name", *COLUMNS, "id")
WIDTHS = {"day": 13, "name": 10, "thoughts": 17, "work": 15, "living": 19, "need": 24, "id": 9}
VALUES: dict[str, tuple[str, ...]] = {
    "thoughts": ("steady", "so_so", "talk"),
    "work": ("on_track", "tight", "need_support", "stage_done", "unsaid"),
    "living": ("well", "trouble"),
}
A4, FIRST_ROW = 9, 3
MOST_ON_A_PAGE = 40  # rows one can still write in; with more, the heads are repeated on every page
ROOM, TALLEST, USUAL = 680, 30, 22  # points: for the rows of an upright A4 page, for one at most, for one of many


@dataclass(frozen=True, slots=True)
class Form:
    """One row for each member and day, day by day."""

    branch: str  # its id
    title: str
    kind: Kind
    work: WorkMode
    members: Sequence[Member]
    days: Sequence[date]


def paper_form(say: Say, form: Form) -> bytes:
    """The workbook in the language of `say`. A page one does not see says which branch it is of, and what is chosen."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

    content = BytesIO()
    book: Any = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet: Any = book.add_worksheet(say("sheet.name"))
    styles = _styles(book, say("form.font"))
    words = {column: [say(f"words.{_family(column, form.kind)}.{one}") for one in VALUES[column]] for column in VALUES}
    _head(sheet, say, form, styles)
    count = _rows(sheet, form, styles)
    for place, column in enumerate(HEADS):
        if column in words:
            sheet.data_validation(FIRST_ROW, place, FIRST_ROW + count, place, _choice(say, column, words, form.work))
    _on_a4(sheet, say, count)
    _hidden(book, form, words)
    book.close()
    return content.getvalue()


def _family(column: str, kind: Kind) -> str:
    return "study" if column == "work" and kind == "training" else column


def _styles(book: Any, font: str) -> dict[str, Any]:
    cell = {"font_name": font, "font_size": 11, "border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"font_name": font, "font_size": 16, "bold": True, "align": "center"}),
        "note": book.add_format({"font_name": font, "font_size": 9, "text_wrap": True, "valign": "top"}),
        "head": book.add_format({**cell, "bold": True, "bg_color": "#E8E8E8", "align": "center"}),
        "cell": book.add_format({**cell, "text_wrap": True, "num_format": "@"}),
        "day": book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "left"}),
        "id": book.add_format({**cell, "font_size": 8, "font_color": "#666666", "num_format": "@"}),
    }


def _head(sheet: Any, say: Say, form: Form, styles: dict[str, Any]) -> None:
    last = len(HEADS) - 1
    sheet.merge_range(0, 0, 0, last, say("sheet.title", branch=form.title), styles["title"])
    note = say("sheet.note", closed=form.work == "closed", kind=form.kind)
    sheet.merge_range(1, 0, 1, last, note, styles["note"])
    sheet.set_row(0, 26)
    sheet.set_row(1, 40)
    for place, column in enumerate(HEADS):
        sheet.set_column(place, place, WIDTHS[column])
        text = say(f"words.ask_work.{form.kind}") if column == "work" else say(f"sheet.head_{column}")
        sheet.write_string(2, place, text[:1].upper() + text[1:], styles["head"])


def _rows(sheet: Any, form: Form, styles: dict[str, Any]) -> int:
    rows = [(day, member) for day in form.days for member in form.members]
    height = min(TALLEST, ROOM // len(rows)) if len(rows) <= MOST_ON_A_PAGE else USUAL
    for number, (day, member) in enumerate(rows, FIRST_ROW):
        sheet.set_row(number, height)
        sheet.write_datetime(number, 0, day, styles["day"])
        sheet.write_string(number, 1, member.name, styles["cell"])
        for place, column in enumerate(HEADS):
            if column in COLUMNS:
                sheet.write_blank(number, place, None, styles["cell"])
        sheet.write_string(number, len(HEADS) - 1, member.id, styles["id"])
    return len(rows)


def _choice(say: Say, column: str, words: dict[str, list[str]], work: WorkMode) -> dict[str, Any]:
    """Own words may stand everywhere but under a closed list."""
    closed = column == "work" and work == "closed"
    return {
        "validate": "list",
        "source": words[column],
        "show_error": closed,
        "error_title": say("form.choose_title"),
        "error_message": say("form.choose"),
    }


def _on_a4(sheet: Any, say: Say, count: int) -> None:
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if count <= MOST_ON_A_PAGE else 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, FIRST_ROW + count - 1, len(HEADS) - 1)
    sheet.set_footer(f"&L{say('sheet.footer')}&R&P / &N")
    sheet.freeze_panes(FIRST_ROW, 2)


def _hidden(book: Any, form: Form, words: dict[str, list[str]]) -> None:
    """So that an import knows what it is, in whatever language and words it was made."""
    page: Any = book.add_worksheet(MARK)
    chosen = [("choice", column, *pair) for column in words for pair in zip(VALUES[column], words[column], strict=True)]
    for number, row in enumerate([(MARK, "1"), ("branch", form.branch), *chosen]):
        for place, text in enumerate(row):
            page.write_string(number, place, text)
    page.very_hidden()
