"""An empty roster as a workbook: a sheet to fill in, and one that explains its columns."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

Say = Callable[[str], str]

COLUMNS = ("id", "name", "status", "home", "group", "branches", "language", "webchat", "wecom")
WIDTHS = {
    "id": 14,
    "name": 12,
    "status": 14,
    "home": 20,
    "group": 16,
    "branches": 34,
    "language": 8,
    "webchat": 16,
    "wecom": 16,
}
AS_TEXT = ("id", "webchat", "wecom")  # else Excel makes a number of 0012, and a date of 3-12
CHOICES = {
    "status": ("form.full", "form.probationary", "form.activist", "form.officer"),
    "language": ("form.chinese", "form.english"),
}
EXAMPLES = 3
LAST_ROW = 5000  # as far as the choices are offered


def roster_form(say: Say) -> bytes:
    """The workbook in the language of `say`. The sheet that explains has its examples side by side and no row of
    heads, so that it is never taken for people."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

    content = BytesIO()
    book: Any = xlsxwriter.Workbook(content, {"in_memory": True})
    plain = {"font_name": say("form.font"), "font_size": 11}
    bold = book.add_format({**plain, "bold": True, "bg_color": "#DDE8F3", "border": 1, "valign": "vcenter"})
    _fill_in(book, say, plain, bold)
    _explain(book, say, plain, bold)
    book.close()
    return content.getvalue()


def _fill_in(book: Any, say: Say, plain: dict[str, Any], bold: Any) -> None:
    sheet: Any = book.add_worksheet(say("form.people"))
    cell, text = book.add_format(plain), book.add_format({**plain, "num_format": "@"})
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS[name], text if name in AS_TEXT else cell)
        sheet.write_string(0, column, say(f"form.head_{name}"), bold)
        if name in CHOICES:
            sheet.data_validation(1, column, LAST_ROW, column, _choice(say, CHOICES[name]))


def _choice(say: Say, keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [say(key) for key in keys],
        "error_title": say("form.choose_title"),
        "error_message": say("form.choose"),
        "error_type": "warning",
    }


def _explain(book: Any, say: Say, plain: dict[str, Any], bold: Any) -> None:
    sheet: Any = book.add_worksheet(say("form.explained"))
    wrapped = book.add_format({**plain, "text_wrap": True, "valign": "top", "num_format": "@"})
    grey = book.add_format({**plain, "font_color": "#666666", "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 64)
    sheet.set_column(2, 1 + EXAMPLES, 22)
    for number, title in enumerate(("form.column", "form.how", *["form.example"] * EXAMPLES)):
        sheet.write_string(0, number, say(title), bold)
    for row, name in enumerate(COLUMNS, 1):
        sheet.write_string(row, 0, say(f"form.head_{name}"), bold)
        sheet.write_string(row, 1, say(f"form.how_{name}"), wrapped)
        for number, example in enumerate(say(f"form.examples_{name}").split("|")):
            sheet.write_string(row, 2 + number, example.strip(), grey)
    sheet.write_string(len(COLUMNS) + 2, 0, say("form.note"), book.add_format(plain))
