"""Members' own ways in."""

from argparse import Namespace
from pathlib import Path

from bot.commands.terminal import Terminal, Verbs
from bot.config.load import key_path, load
from bot.errors import CannotStart
from bot.store.vault import open_vault
from bot.web import session


def add_verbs(verbs: Verbs) -> None:
    link = verbs.add("phone-link", phone_link)
    link.add_argument("file", type=Path)
    link.add_argument("member", nargs="*", help=verbs.explained("member"))
    link.add_argument("--days", type=int, default=30, help=verbs.explained("days"))


def phone_link(terminal: Terminal, chosen: Namespace) -> int:
    """One member's link alone; several, or everybody's, as columns that can be pasted into a sheet."""
    config = load(chosen.file)
    terminal.language = config.language
    for one in chosen.member:
        if one not in config.people:
            raise CannotStart("cli.unknown_member", member=one, path=chosen.file)
    vault = open_vault(key_path(config, chosen.file))
    for one in chosen.member or config.people:
        link = config.server.public_url.rstrip("/") + session.link(vault, one, chosen.days)
        print(link if len(chosen.member) == 1 else f"{one}\t{config.people[one].name}\t{link}")  # noqa: T201
    return 0
