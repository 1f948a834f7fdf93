"""Everything one can say to the bot, in one list; the first match counts, what matches none is a report."""

from bot.handling import Command
from handlers import (
    applying,
    away,
    channel,
    closing,
    consent,
    digest,
    help,  # noqa: A004
    history,
    hour,
    language,
    need,
    nod,
    report,
    settle,
    skip,
    study,
    style,
    until,
    ways,
    withdraw,
)

COMMANDS: tuple[Command, ...] = (
    help.command,
    *ways.commands,
    *language.commands,
    *consent.commands,
    *away.commands,
    until.command,
    skip.command,
    withdraw.command,
    *hour.commands,
    *channel.commands,
    *style.commands,
    history.command,
    *study.commands,
    *settle.commands,
    *closing.commands,
    applying.command,
    digest.command,
    need.command,
    report.command,
)

FALLBACK = nod.take
