"""Everything one can say to the bot, in one list; the first match counts, what matches none is a report."""

from bot.handling import Command
from handlers import (
    applying,
    away,
    closing,
    consent,
    digest,
    help,  # noqa: A004
    language,
    need,
    nod,
    records,
    report,
    settle,
    study,
    suggestion,
    ways,
    whisper,
    whisper_reading,
)

COMMANDS: tuple[Command, ...] = (
    help.command,
    *ways.commands,
    *whisper.commands,
    *whisper_reading.commands,
    *suggestion.commands,
    *records.commands,
    *language.commands,
    *consent.commands,
    *away.commands,
    *study.commands,
    *settle.commands,
    *closing.commands,
    applying.command,
    digest.command,
    need.command,
    report.command,
)

FALLBACK = nod.take
