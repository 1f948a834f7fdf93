"""A member's own way in."""

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
    link.add_argument("member", help=verbs.explained("member"))
    link.add_argument("--days", type=int, default=30, help=verbs.explained("days"))


def phone_link(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = config.language
    if chosen.member not in config.people:
        raise CannotStart("cli.unknown_member", member=chosen.member, path=chosen.file)
    vault = open_vault(key_path(config, chosen.file))
    path = session.link(vault, chosen.member, chosen.days)
    print(config.server.public_url.rstrip("/") + path)  # noqa: T201
    return 0
