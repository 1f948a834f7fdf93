"""The XML of a callback and of its answer (channels.md 1.1-1.3, pages 90238, 90241)."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from tests.simulators.wecom.crypto import Broken
from tests.simulators.wecom.reading import Json

Field = tuple[str, "str | int | Sequence[Field]"]
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
REPEATED = frozenset({"HorizontalContentList", "JumpList", "ButtonList", "SelectList", "OptionList"})
CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NUMBERS = frozenset({"Type", "Style", "Mode", "DescColor", "Disable"})


def written(fields: Sequence[Field], root: str = "xml") -> str:
    return f"<{root}>{''.join(_field(name, value) for name, value in fields)}</{root}>"


def _field(name: str, value: str | int | Sequence[Field]) -> str:
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    if isinstance(value, str):
        text = NOT_IN_XML.sub("", value).replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{text}]]></{name}>"
    return written(value, name)


def parsed(text: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise Broken("the answer is no XML") from error
    if root.tag != "xml":
        raise Broken("the answer's root is not <xml>")
    return root


def only(root: ElementTree.Element, name: str) -> str:
    found = root.findall(name)
    if len(found) != 1:
        raise Broken(f"the answer has {len(found)} of <{name}>")
    return found[0].text or ""


def as_json(element: ElementTree.Element) -> Json:
    """A card in an answer's XML, as the same card is in JSON: CardType is card_type, repeated elements are a list."""
    found: Json = {}
    for child in element:
        name = CAPITAL.sub("_", child.tag).lower().replace("key_name", "keyname")
        value = as_json(child) if len(child) else _plain(child)
        if child.tag in REPEATED:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _plain(child: ElementTree.Element) -> str | int:
    text = child.text or ""
    return int(text) if child.tag in NUMBERS and text.strip().isdecimal() else text
