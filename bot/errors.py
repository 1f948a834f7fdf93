"""What cannot go on, named as a fact; each carries the sentence key for whoever must act."""


class LianxinError(Exception):
    """A fact that stops the work. `key` names a sentence of templates/say; `facts` fill its gaps."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(f"{key} {facts}")
        self.key, self.facts = key, facts


class CannotStart(LianxinError):
    """The machine, the folder or the database is not fit to start on: exit code 2, no traceback."""


class ConfigBroken(LianxinError):
    """The configuration file cannot be used; `facts["problems"]` is every problem at once."""


class StoreFailed(LianxinError):
    """Nothing was stored: whoever asked must not be told otherwise."""


class Unreadable(LianxinError, ValueError):
    """A text that is not in the form wanted, said by an admin or a member; `facts` say what was found."""
