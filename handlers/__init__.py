"""Everything one can say to the bot, in one list; the first match counts, what matches none is a report.

The branch and the person a message means are found by which.py and whom.py, for all of them.
"""

from bot.handling import Command
from handlers import (
    applying,
    away,
    buddy,
    closing,
    consent,
    digest,
    duty,
    exit,  # noqa: A004
    handing,
    help,  # noqa: A004
    joining,
    language,
    my_needs,
    need,
    news,
    nod,
    notice,
    nudging,
    proxy,
    records,
    report,
    roll,
    settle,
    solved,
    study,
    suggestion,
    ways,
    whisper,
    whisper_reading,
    writing,
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
    *exit.commands,
    *buddy.commands,
    *study.commands,
    *settle.commands,
    *handing.commands,
    *my_needs.commands,
    *solved.commands,
    *closing.commands,
    *roll.commands,
    *writing.commands,
    *notice.commands,
    *nudging.commands,
    *duty.commands,
    *joining.commands,
    *news.commands,
    applying.command,
    digest.command,
    *proxy.commands,
    *need.commands,
    report.command,
)

FALLBACK = nod.take
ARRIVAL = exit.arrive
