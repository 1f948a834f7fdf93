"""Whether the tables of the file agree: every id stands for somebody, nothing is said twice, days run forward."""

from collections import Counter
from collections.abc import Iterator

from bot.config import agree_study
from bot.config.agree_talks import talks, unknown_groups
from bot.config.fields import MOST_HINTS, shown
from bot.config.lines import Place
from bot.config.model import Keep
from bot.config.reading import ID, Draft, Trouble, unknown_id
from bot.config.tables import CHANNEL, NEED_KIND, OF_WECOM, PERSON
from bot.domain import gate
from bot.domain.need_kinds import SHIPPED
from bot.domain.when import format_duration


def disagreements(draft: Draft, all_known: bool = True) -> Iterator[Trouble]:
    """What is wrong between the parts that could be read; the missing ones are somebody else's trouble. Unless all
    people are known, nobody is called unknown."""
    yield from _ids(draft)
    yield from _unknown_people(draft, all_known)
    yield from _unknown_homes(draft)
    yield from _channels(draft)
    yield from _unknown_channels(draft)
    yield from agree_study.study(draft)
    yield from _shared_addresses(draft)
    yield from _branches(draft)
    yield from _keep(draft)
    yield from _silence(draft)
    yield from _need_kinds(draft)
    yield from unknown_groups(draft)
    yield from talks(draft)


def unit_words(draft: Draft) -> gate.Words:
    """The admin's own refused words, as far as they could be read."""
    return gate.compile_words(draft.get("gate", {}).get("words", ()))


def _tables(draft: Draft, *names: str) -> Iterator[tuple[Place, Draft]]:
    for name in names:
        for id_, one in draft.get(name, {}).items():
            yield (name, id_), one


def _ids(draft: Draft) -> Iterator[Trouble]:
    """Ids that would be taken for something else."""
    for place, _ in _tables(draft, "homes", "groups", "branches"):
        if place[1] in agree_study.EVERYBODY:
            yield Trouble(place, "", "check.reserved_id", {"found": place[1]})
    for place, _ in _tables(draft, "channels"):
        if place[1] in PERSON:
            yield Trouble(place, "", "check.reserved_id", {"found": place[1]})
    for id_ in draft.get("branches", {}):
        if id_ in draft.get("homes", {}):
            yield Trouble(("branches", id_), "", "check.id_taken", {"found": id_})


def _unknown_people(draft: Draft, all_known: bool) -> Iterator[Trouble]:
    people = draft.get("people") if all_known else None
    hints: dict[str, Draft] = people or {}
    unknown = 0
    for place, name, named in _people_named(draft):
        for id_, times in Counter(named).items():
            if people is not None and id_ not in people:
                unknown += 1
                yield unknown_id(place, name, "check.unknown_person", id_, hints if unknown <= MOST_HINTS else {})
            if times > 1:
                yield Trouble(place, name, "check.twice", {"found": shown(id_)})


def _people_named(draft: Draft) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    yield (), "admins", draft.get("admins", ())
    for name in ("approver", "contact_leader"):
        yield ("duty",), name, _one(draft.get("duty", {}), name)
    for place, one in _tables(draft, "people"):
        if "buddy" in one:
            yield place, "buddy", (one["buddy"],)
    for name in ("organ_committee", "leading_party_group"):
        yield ("duty",), name, draft.get("duty", {}).get(name, ())
    for place, one in _tables(draft, "homes", "groups", "branches"):
        for name in ("secretary", "leader", "contact_leader"):
            yield place, name, _one(one, name)
        for name in ("liaison", "members"):
            yield place, name, one.get(name, ())
    yield from agree_study.people_named(draft)


def _one(table: Draft, name: str) -> tuple[str, ...]:
    return (table[name],) if name in table else ()


def _unknown_homes(draft: Draft) -> Iterator[Trouble]:
    homes = draft.get("homes", {})
    for place, one in _tables(draft, "people", "groups"):
        if homes and one.get("home", "") not in ("", *homes):
            yield unknown_id(place, "home", "check.unknown_home", one["home"], homes)


def _unknown_channels(draft: Draft) -> Iterator[Trouble]:
    channels = draft.get("channels", {})
    for place, branch in _tables(draft, "branches"):
        if channels and branch.get("channel", "") not in ("", *channels):
            yield unknown_id(place, "channel", "check.unknown_channel", branch["channel"], channels)


def _channels(draft: Draft) -> Iterator[Trouble]:
    """Each kind has its own keys, and a unit one web chat."""
    for place, one in _tables(draft, "channels"):
        wecom = one.get("kind") == "wecom"
        for name in OF_WECOM if wecom else ():
            if name not in one:
                yield Trouble(place, name, "check.missing", {"name": name, "example": CHANNEL[name].example})
        for name in one if one.get("kind") == "webchat" else ():
            if name != "kind":
                yield Trouble(place, name, "check.not_of_kind", {"kind": "webchat", "name": name})


def _shared_addresses(draft: Draft) -> Iterator[Trouble]:
    """Two people who could not be told apart: who has no address on a channel is known there by her id."""
    for channel in draft.get("channels", {}):
        owners: dict[str, str] = {}
        for place, person in _tables(draft, "people"):
            first = owners.setdefault(person.get(channel, place[1]), place[1])
            if first != place[1]:
                name = channel if channel in person else ""
                yield Trouble(place, name, "check.same_address", {"channel": channel, "other": first})


def _branches(draft: Draft) -> Iterator[Trouble]:
    words = unit_words(draft)
    seen: set[str] = set()
    for place, branch in _tables(draft, "branches"):
        name = branch.get("name", "")
        if ID.fullmatch(place[1]) and gate.scan(place[1], words):
            yield Trouble(place, "", "check.secret_id")
        if gate.scan(name, words):
            yield Trouble(place, "name", "check.secret_name")
        if gate.scan(branch.get("team", ""), words):
            yield Trouble(place, "team", "check.secret_team")
        if name and name in seen:
            yield Trouble(place, "name", "check.same_name", {"found": shown(name)})
        if "from" in branch and "to" in branch and branch["to"] < branch["from"]:
            yield Trouble(place, "to", "check.dates_backwards", {"opens": branch["from"], "closes": branch["to"]})
        seen.add(name)


def _silence(draft: Draft) -> Iterator[Trouble]:
    """A contact leader hears of a silence for safety's sake alone, and the file says why. Nobody is her own buddy."""
    unit = draft.get("silence", {})
    for place, one in ((("silence",), unit), *((place, one) for place, one in _tables(draft, "branches"))):
        rule = one if place == ("silence",) else one.get("silence", {})
        if "contact_leader" in rule and not (rule.get("reason") or unit.get("reason")):
            where = place if place == ("silence",) else (*place, "silence")
            yield Trouble(where, "contact_leader", "check.leader_without_reason")
    for place, person in _tables(draft, "people"):
        if person.get("buddy") == place[1]:
            yield Trouble(place, "buddy", "check.own_buddy")


def _keep(draft: Draft) -> Iterator[Trouble]:
    keep = Keep(**draft.get("keep", {}))
    if keep.words > keep.facts:
        facts = {"words": format_duration(keep.words), "facts": format_duration(keep.facts)}
        yield Trouble(("keep",), "words" if "words" in draft["keep"] else "facts", "check.keep_words", facts)


def _need_kinds(draft: Draft) -> Iterator[Trouble]:
    """One of the unit's own has to be called something; what is shipped has its name."""
    for place, kind in _tables(draft, "need_kinds"):
        if "name" not in kind and place[1] not in SHIPPED:
            yield Trouble(place, "name", "check.missing", {"name": "name", "example": NEED_KIND["name"].example})
