"""What a message makes of an answer: put together with what was said before, and the needs it declares."""

from dataclasses import replace

from bot.domain.need import NeedKind
from bot.domain.reading import Reading
from bot.domain.report import Report, merge

ALL_WELL = Report(thoughts="steady", work="on_track", living="well")


def meant(reading: Reading, before: Report, last: Report | None) -> Report | None:
    """The answer after this message; None: it cannot be read, or there is nothing to repeat.

    `before`: what she has said in this round; `last`: her latest answer to an earlier one, which 同上 repeats.
    """
    if reading.all_well:
        return merge(ALL_WELL, reading.report)
    if reading.unchanged:
        same = replace(last, need="") if last else before
        return merge(same, reading.report) if last or reading.report != Report() else None
    return merge(before, reading.report) if reading.understood and reading.report != Report() else None


def declared(report: Report) -> list[tuple[NeedKind, str]]:
    """What is a need by its own word: words after 困难, a case that needs support, the wish to talk."""
    wanted: tuple[tuple[NeedKind, str, bool], ...] = (
        ("words", report.need, bool(report.need)),
        ("support", report.work_words, report.work == "need_support"),
        ("talk", "", report.thoughts == "talk"),
    )
    return [(kind, words) for kind, words, is_declared in wanted if is_declared]
