"""Reading a request's JSON: what is there in the wrong form is a parameter error (40058), as the documents have it."""

from typing import Any, cast

Json = dict[str, Any]


class Refusal(Exception):
    """An errcode other than 0, and why: only the record sees the reason in full."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code} {why}")
        self.code, self.why = code, why


def wrong(why: str) -> Refusal:
    return Refusal(40058, why)


def text_of(body: Json, name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise wrong(f"{name} must be a string")
    return value


def number_of(body: Json, name: str, default: int, least: int, most: int) -> int:
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise wrong(f"{name} must be a number from {least} to {most}")
    return value


def list_of(body: Json, name: str) -> list[Any]:
    value = body.get(name, [])
    if not isinstance(value, list):
        raise wrong(f"{name} must be a list")
    return cast("list[Any]", value)


def texts_of(body: Json, name: str) -> list[str]:
    values = list_of(body, name)
    if not all(isinstance(one, str) and one for one in values):
        raise wrong(f"{name} must be a list of strings")
    return values


def objects_of(body: Json, name: str) -> list[Json]:
    values = list_of(body, name)
    if not all(isinstance(one, dict) for one in values):
        raise wrong(f"{name} must be a list of objects")
    return values


def object_of(body: Json, name: str) -> Json:
    value = body.get(name, {})
    if not isinstance(value, dict):
        raise wrong(f"{name} must be an object")
    return cast("Json", value)


def cut(text: str, most: int) -> str:
    """So much of a text as fits into `most` bytes of UTF-8: what the platform does without a word."""
    return text.encode("utf-8")[:most].decode("utf-8", "ignore")


def bytes_in(text: str) -> int:
    return len(text.encode("utf-8"))
