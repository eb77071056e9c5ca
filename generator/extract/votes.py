"""What speaks for a name as that of a person, an organisation, a place or a programme: rules that look at one mention."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from generator.extract.mentions import (
    ARTICLES,
    AUXILIARIES,
    BE,
    NONE,
    STRONG,
    WEAK,
    Mention,
    Vote,
    Votes,
    apposed,
    title_follows,
)
from generator.extract.name_words import STOPS
from generator.extract.titles import SEATS
from generator.extract.votes_body import SURELY_BODY, acting, apposed_to, bodied, called, described, employs
from generator.extract.votes_place import apposed_place, governed, part_of, seat_of, seated, travelled, within

GIVEN = re.compile(r"[^\W\d_]{2,6}-[^\W\d_a-z]?[^\W\d_A-Z]{1,5}")
"""A given name as East Asian romanisation writes it, after the family name: `Jo-eun`."""
VERBS_OF_IT = frozenset("would will had has plans planned expects expected did does".split())
"""What follows an `it` that is a body, rather than nothing: `said it was raining`."""


PERSON: Votes = (("person", STRONG),)
SURELY_PERSON: Votes = (("person", 2 * WEAK),)
STOPS_NOT_VERBS = STOPS - AUXILIARIES
STOPS_NOT_ARTICLES = STOPS - {"the", "a", "an"}


def head(m: Mention) -> Votes:
    """What the name says of itself, or the title before it."""
    if m.headed:
        cut = m.headed == "programme" and m.previous in ("of", "and", "for", "in", "on", "&")
        return NONE if cut and m.capital_before(2) else ((m.headed, STRONG),)  # `the Freedom of | Trade Act`
    if m.run.title:
        return (("organisation" if _acronym(m) else "person", STRONG),)
    return SURELY_BODY if len(m.own) > 1 and m.own[-1].lower in m.evidence.also_families else NONE


def _acronym(m: Mention) -> bool:
    """Whether a name is a few capitals: no person is `its builder | HPB`."""
    return len(m.own) == 1 and 1 < len(m.own[0].text) < 7 and m.own[0].text.isupper()


def given_name(m: Mention) -> Votes:
    """`Lim Jo-eun`, `Ana Belk`."""
    if len(m.own) < 2:
        return NONE
    given = SURELY_PERSON if m.personal and not m.headed and m.own[0].lower in m.evidence.given else NONE
    romanised = len(m.own) == 2 and "-" in m.own[1].text and GIVEN.fullmatch(m.own[1].text)
    return (*given, *PERSON) if romanised and m.own[0].text.istitle() else given


def befallen(m: Mention) -> Votes:
    """`jailed Ana Belk`, `Ana Belk was sacked`."""
    if not m.personal or m.headed:
        return NONE
    passive = m.following in BE and m.after(1) in m.evidence.done_to
    return SURELY_PERSON if passive or (m.previous in m.evidence.done_to and m.ends(STOPS_NOT_VERBS)) else NONE


def initial(m: Mention) -> Votes:
    """`Ana D. Belk`."""
    if len(m.own) != 4 or not m.personal or m.headed:
        return NONE
    return PERSON if len(m.own[1].text) == 1 and m.own[2].text == "." else NONE


def apposition(m: Mention) -> Votes:
    """`Vera Lind, its foreign minister`; `Torvik's mayor, Ana Belk,`; `Ana Lund, 43, …`; `Corvid, a ferry operator`; `Torvik, the capital`."""
    votes = list[Vote]()
    if m.following == ",":
        if title_follows(m.tokens, m.run.last + 1, m.vocab):
            votes.append(("person", STRONG))
        elif noun := apposed(m.tokens, m.run.last + 1):
            if noun in m.evidence.firms:
                votes.append(("organisation", STRONG))
            elif noun in m.vocab.heads["place"] or noun == "capital":
                votes.append(("place", STRONG))
            elif m.personal and noun.endswith(m.evidence.trades):
                votes.append(("person", 2 * WEAK))
    if not m.personal or m.headed:
        return votes
    kin = m.previous in m.evidence.kin or (m.previous == "," and m.before(2) in m.evidence.kin)
    if kin or (m.previous == "," and m.following in (",", ".", "") and _post_before(m)):
        votes.append(("person", STRONG))
    if m.following == "," and m.after(1).isdigit() and m.after(2) == ",":
        votes.append(("person", STRONG))
    return votes


def _post_before(m: Mention) -> bool:
    """Whether a post stands before the comma: `the minister for fisheries, | Ana Belk`, `its leader, | Ana Belk`."""
    owners = ("'s", "its", "their", "his", "her", "our")
    owned = m.before(2) in m.vocab.titles and any(m.before(back) in owners for back in (3, 4, 5))
    if owned or m.before(2) in m.evidence.surely_posts:
        return True
    for back in range(3, 10):
        word = m.before(back)
        if not word[:1].isalpha():
            return False
        if word in m.vocab.titles and m.before(back - 1) in ("of", "for", "at"):
            return True
    return False


def post(m: Mention) -> Votes:
    """`Ana Belk was harbour minister`, `Ana Belk had been the mayor`."""
    if not m.personal or m.headed:
        return NONE
    on = 1 if m.following in ("had", "has") and m.after(1) == "been" else 0
    if m.after(on) not in ("is", "was", "been", "became"):
        return NONE
    for word in m.tokens[m.run.last + on + 1 : m.run.last + on + 6]:
        if word.lower in m.evidence.surely_posts:
            return PERSON
        if not word.alphabetic or word.lower in STOPS_NOT_ARTICLES:
            return NONE
    return NONE


def speech(m: Mention) -> Votes:
    """`Ana Belk said`, `said Ana Belk`, `Ana Belk, who`; but not `said Marn Shipping would pay`."""
    said, votes = m.following in m.evidence.speech, list[Vote]()
    if said:
        if m.after(1) == "it" and m.after(2) in VERBS_OF_IT:
            votes.append(("organisation", 2 * WEAK))
        if _acronym(m):
            votes.append(("organisation", WEAK))
        if m.after(1) in ("he", "she") and not m.headed:
            votes.append(("person", 2 * WEAK))
    if not m.personal:
        return votes
    told = m.previous in m.evidence.speech and m.ends(STOPS_NOT_VERBS)
    if told or said or m.following == "who" or (m.following == "," and m.after(1) in ("who", "whose")):
        votes.append(("person", 2 * WEAK))
    return votes


def particle(m: Mention) -> Votes:
    """`Jan van der Meer`."""
    if len(m.own) < 3 or m.headed or m.own[0].lower in m.vocab.particles:
        return NONE
    inner = any(not t.capital and t.lower in m.vocab.particles for t in m.own[1:-1])
    return SURELY_PERSON if inner else NONE


@dataclass(frozen=True, slots=True)
class Rule:
    """What looks at a mention, and at which ones."""

    votes: Callable[[Mention], Votes]
    behind: frozenset[str] | None = None
    """The words behind which a name must stand; None where any will do."""
    before: frozenset[str] | None = None
    """The words before which it must stand."""
    long: bool = False
    """Whether it must have more than one word."""


RULES = (
    Rule(head),
    Rule(given_name, long=True),
    Rule(befallen, long=True),
    Rule(initial, long=True),
    Rule(apposition),
    Rule(post, long=True),
    Rule(speech),
    Rule(particle, long=True),
    Rule(within),
    Rule(apposed_place, behind=frozenset({","})),
    Rule(part_of, behind=frozenset({"of"})),
    Rule(travelled, behind=frozenset({"to", "from", "for", "into", "via", "towards", "toward"})),
    Rule(governed, before=frozenset({"'s", "’s"})),
    Rule(seated, before=SEATS),
    Rule(described),
    Rule(apposed_to, behind=frozenset({","})),
    Rule(seat_of, behind=frozenset({"of"})),
    Rule(called, behind=ARTICLES),
    Rule(bodied, behind=frozenset({"of", "at", "for", "in"})),
    Rule(employs),
    Rule(acting),
)
BEHIND = frozenset().union(*(rule.behind or () for rule in RULES))
BEFORE = frozenset().union(*(rule.before or () for rule in RULES))


def votes_of(m: Mention) -> list[Vote]:
    """What all rules say of a mention, in their order."""
    behind = m.previous if m.previous in BEHIND else ""
    before = m.following if m.following in BEFORE else ""
    return [vote for rule in _asked(behind, before, len(m.own) > 1) for vote in rule(m)]


@cache
def _asked(behind: str, before: str, long: bool) -> tuple[Callable[[Mention], Votes], ...]:
    """The rules that look at a name between two words; most look at few."""
    return tuple(
        rule.votes
        for rule in RULES
        if (rule.behind is None or behind in rule.behind)
        and (rule.before is None or before in rule.before)
        and (long or not rule.long)
    )
