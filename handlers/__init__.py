"""Everything one can say to the bot, in one list; the first match counts, what matches none is a report."""

from bot.handling import Command
from handlers import (
    applying,
    away,
    closing,
    consent,
    digest,
    handing,
    help,  # noqa: A004
    language,
    my_needs,
    need,
    nod,
    report,
    settle,
    solved,
    study,
    ways,
)

COMMANDS: tuple[Command, ...] = (
    help.command,
    *ways.commands,
    *language.commands,
    *consent.commands,
    *away.commands,
    *study.commands,
    *settle.commands,
    *handing.commands,
    *my_needs.commands,
    *solved.commands,
    *closing.commands,
    applying.command,
    digest.command,
    *need.commands,
    report.command,
)

FALLBACK = nod.take
