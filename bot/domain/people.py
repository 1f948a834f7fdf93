"""People as the rules see them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Anyone the file lists: a member who is away, a liaison officer, a secretary."""

    id: str
    name: str
    status: str
    home: str
    language: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """One member's place in one branch. `consent`: unasked | given | refused."""

    branch: str
    member: Member
    consent: str

    @property
    def willing(self) -> bool:
        return self.consent != "refused"
