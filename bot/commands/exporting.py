"""Taking out reports, needs and branches as a table, or one member's own file, beside a bot that may be running."""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

from bot import clock as clocks
from bot.commands.terminal import Terminal, Verbs
from bot.config.load import key_path, load, store_path
from bot.config.model import Config
from bot.errors import CannotStart
from bot.export.contents import SUBJECTS, Contents, Read, Wanted
from bot.export.noting import note
from bot.export.own_file import as_html, as_json, own_file
from bot.export.writing import FORMATS, Format, Heads, write
from bot.store.beside import read_once
from bot.store.migrate import MIGRATIONS
from bot.store.tables import Tables
from bot.store.tx import Tx
from bot.store.vault import AesVault, known_vault

MEMBER, HTML = "member", "html"


def add_verbs(verbs: Verbs) -> None:
    added = verbs.add("export", export)
    added.add_argument("subject", choices=(*SUBJECTS, MEMBER), help=verbs.explained("export_subject"))
    added.add_argument("file", type=Path, help=verbs.explained("file"))
    added.add_argument("member", nargs="?", help=verbs.explained("export_member"))
    added.add_argument("--branch", help=verbs.explained("export_branch"))
    added.add_argument("--from", dest="since", metavar="DATE", help=verbs.explained("export_from"))
    added.add_argument("--to", dest="until", metavar="DATE", help=verbs.explained("export_to"))
    added.add_argument("--format", choices=(*FORMATS, HTML), help=verbs.explained("export_format"))
    added.add_argument("--out", type=Path, metavar="PATH", help=verbs.explained("export_out"))
    added.add_argument("--force", action="store_true", help=verbs.explained("export_force"))
    added.add_argument("--words", action="store_true", help=verbs.explained("export_words"))
    added.add_argument("--lang", choices=("zh", "en"), help=verbs.explained("lang"))


def export(terminal: Terminal, chosen: Namespace) -> int:
    config = load(chosen.file)
    terminal.language = chosen.lang or config.language
    if chosen.subject == MEMBER:
        return _own_file(terminal, chosen, config)
    if chosen.member or chosen.format == HTML:
        raise CannotStart("export.only_member")
    form, wanted = _form(chosen), _wanted(chosen, config)
    _refuse_existing(chosen)
    database = store_path(config, chosen.file)
    read = _reader(database, known_vault(key_path(config, chosen.file)), chosen.file)
    _refuse_unknown_branch(read, wanted.branch)
    noted = note(database, clocks.real(), _deed(chosen, form))
    rows = Contents(read, terminal.language, terminal.words, _kind_names(terminal, config)).rows(wanted)
    with _output(chosen.out) as out:
        count = write(form, _heads(terminal, wanted), rows, out)
    terminal.aside("export.done" if count else "export.nothing", count=count)
    if wanted.subject == "branch" and wanted.group_of_at_least > 1:
        terminal.aside("export.small_groups", least=wanted.group_of_at_least)
    terminal.aside("export.noted", path=noted)
    return 0


def _own_file(terminal: Terminal, chosen: Namespace, config: Config) -> int:
    """All that is held about one member, on her behalf: her words come only to herself, by 我的数据."""
    named = chosen.out.suffix.lower().removeprefix(".") if chosen.out else ""
    form = chosen.format or (named if named == "json" else HTML)
    if not chosen.member or form not in (HTML, "json"):
        raise CannotStart("export.whose")
    _refuse_existing(chosen)
    database = store_path(config, chosen.file)
    read = _reader(database, known_vault(key_path(config, chosen.file)), chosen.file)
    file = read(partial(own_file, member=chosen.member, now=clocks.real(), words=False))
    if file is None:
        raise CannotStart("cli.unknown_member", member=chosen.member, path=chosen.file)
    noted = note(database, clocks.real(), {**_deed(chosen, form), "member": chosen.member})
    html = as_html(file, terminal.renderer, config) if form == HTML else b""
    with _output(chosen.out) as out:
        out.write(html or as_json(file))
    terminal.aside("export.for_herself", who=file.name)
    terminal.aside("export.noted", path=noted)
    return 0


def _form(chosen: Namespace) -> Format:
    """As asked for, else as the name of the file says."""
    named = chosen.out.suffix.lower().removeprefix(".") if chosen.out else ""
    form = chosen.format or (named if named in FORMATS else "csv")
    if form == "xlsx" and not chosen.out:
        raise CannotStart("export.where", subject=chosen.subject)
    return form


def _wanted(chosen: Namespace, config: Config) -> Wanted:
    since, until = _day(chosen.since) or date.min, _day(chosen.until) or date.max
    if since > until:
        raise CannotStart("export.backwards", since=since, until=until)
    return Wanted(chosen.subject, chosen.branch, since, until, chosen.words, config.keep.group_of_at_least)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CannotStart("export.bad_day", found=text) from error


def _refuse_existing(chosen: Namespace) -> None:
    if chosen.out and chosen.out.exists() and not chosen.force:
        raise CannotStart("export.exists", path=chosen.out)


def _reader(database: Path, vault: AesVault, file: Path) -> Read:
    """Refuses a key that belongs to another database before anything is read with it."""
    read: Read = partial(read_once, database, vault, migrations=MIGRATIONS)
    check = read(lambda tx: Tables(tx).facts.setting("key_check"))
    if check and not vault.matches(check):
        raise CannotStart("start.wrong_key", path=file)
    return read


def _refuse_unknown_branch(read: Read, branch: str | None) -> None:
    known = read(_branch_ids)
    if branch and branch not in known:
        raise CannotStart("export.unknown_branch", branch=branch, known=known)


def _branch_ids(tx: Tx) -> list[str]:
    return [one.id for one in Tables(tx).branches.all()]


def _kind_names(terminal: Terminal, config: Config) -> Callable[[str], str]:
    """What the file calls the kinds of needs."""
    return lambda kind: config.kind_of_need(kind).named(terminal.language)


def _deed(chosen: Namespace, form: str) -> dict[str, object]:
    told = {name: getattr(chosen, name) for name in ("subject", "branch", "since", "until", "words")}
    return {**told, "format": form, "out": str(chosen.out.absolute()) if chosen.out else "-"}


def _heads(terminal: Terminal, wanted: Wanted) -> Heads:
    columns = {key: terminal.words(f"export.head_{key}") for key in wanted.columns}
    sheet = terminal.words(f"export.sheet_{wanted.subject}")
    return Heads(sheet, columns, terminal.words("export.yes"), terminal.words("export.no"))


@contextmanager
def _output(path: Path | None) -> Generator[IO[bytes]]:
    """Standard output, or a file that is there only once it is whole, and that only its owner may read."""
    if path is None:
        with _told_if_cut_off():
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            try:
                yield part
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CannotStart("export.unwritable", path=path, reason=error.strerror) from error


@contextmanager
def _told_if_cut_off() -> Generator[None]:
    try:
        yield
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at its end
        raise CannotStart("export.cut_off") from error
