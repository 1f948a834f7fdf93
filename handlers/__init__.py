"""Everything one can say to the bot, in one list; the first match counts, what matches none is a report."""

from bot.handling import Command
from handlers import (
    applying,
    away,
    care,
    chain,
    closing,
    consent,
    digest,
    help,  # noqa: A004
    language,
    meeting,
    need,
    nod,
    report,
    settle,
    study,
    talk_list,
    talking,
    ways,
)

# telling_apart has no words of its own: it asks which of several people of one name is meant.
COMMANDS: tuple[Command, ...] = (
    help.command,
    *ways.commands,
    *language.commands,
    *consent.commands,
    *away.commands,
    *study.commands,
    *settle.commands,
    *closing.commands,
    *talking.commands,
    *talk_list.commands,
    *care.commands,
    *meeting.commands,
    chain.command,
    applying.command,
    digest.command,
    need.command,
    report.command,
)

FALLBACK = nod.take
