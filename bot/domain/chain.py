"""Who answers for a member, and to whom a matter about her climbs, in order: the chain of duty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Post = Literal[
    "liaison",
    "deputy",
    "group_leader",
    "secretary",
    "home_secretary",
    "contact_leader",
    "organ_committee",
    "leading_party_group",
]
POSTS: tuple[Post, ...] = get_args(Post)  # from the nearest to a member upwards
# Who hears of what others have left undone; the others are there to act.
OVERSEE: tuple[Post, ...] = ("secretary", "contact_leader", "organ_committee", "leading_party_group")

Posts = Mapping[Post, Sequence[str]]  # who holds each; only people the file lists


@dataclass(frozen=True, slots=True)
class Link:
    post: Post
    person: str


def chain_of(member: str, posts: Posts) -> tuple[Link, ...]:
    """Each person once, at the post nearest to the member; never she herself."""
    links: dict[str, Link] = {}
    for post in POSTS:
        for person in posts.get(post, ()):
            if person != member:
                links.setdefault(person, Link(post, person))
    return tuple(links.values())


def who_acts(member: str, posts: Posts, post: Post) -> str | None:
    """Whoever holds the post; where nobody does, or only she herself, the next who could. None: nobody."""
    others = [one for one in posts.get(post, ()) if one != member]
    chain = chain_of(member, posts)
    overseeing = [link.person for link in chain if link.post in OVERSEE]
    return next(iter([*others, *overseeing, *(link.person for link in chain)]), None)


def climbs_to(member: str, posts: Posts, besides: str) -> tuple[str, ...]:
    """Who hears, one after the other, of what `besides` has left undone."""
    people = (one for post in OVERSEE for one in posts.get(post, ()) if one not in (member, besides))
    return tuple(dict.fromkeys(people))
