"""What speaks for a name as that of a person, an organisation, a place or a programme: rules that look at one mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.extract.mentions import AUXILIARIES, BE, STRONG, WEAK, Mention, Vote, apposed, title_follows
from generator.extract.name_words import STOPS
from generator.extract.votes_body import acting, apposed_to, bodied, called, described, employs
from generator.extract.votes_place import apposed_place, governed, part_of, seat_of, seated, travelled, within

GIVEN = re.compile(r"[^\W\d_]{2,6}-[^\W\d_a-z]?[^\W\d_A-Z]{1,5}")
"""A given name as East Asian romanisation writes it, after the family name: `Jo-eun`."""
VERBS_OF_IT = frozenset("would will had has plans planned expects expected did does".split())
"""What follows an `it` that is a body, rather than nothing: `said it was raining`."""


def head(m: Mention) -> Iterator[Vote]:
    """What the name says of itself, or the title before it."""
    if m.headed:
        cut = m.headed == "programme" and m.before() in ("of", "and", "for", "in", "on", "&")
        if not (cut and m.capital_before(2)):  # `the Freedom of | Trade Act`
            yield m.headed, STRONG
    elif m.run.title:
        yield ("organisation" if _acronym(m) else "person"), STRONG
    elif len(m.own) > 1 and m.own[-1].lower in m.evidence.also_families:
        yield "organisation", 2 * WEAK


def _acronym(m: Mention) -> bool:
    """Whether a name is a few capitals: no person is `its builder | HPB`."""
    return len(m.own) == 1 and m.own[0].text.isupper() and 1 < len(m.own[0].text) < 7


def given_name(m: Mention) -> Iterator[Vote]:
    """`Lim Jo-eun`, `Ana Belk`."""
    if m.personal and not m.headed and m.own[0].lower in m.evidence.given:
        yield "person", 2 * WEAK
    if len(m.own) == 2 and "-" in m.own[1].text and GIVEN.fullmatch(m.own[1].text) and m.own[0].text.istitle():
        yield "person", STRONG


def befallen(m: Mention) -> Iterator[Vote]:
    """`jailed Ana Belk`, `Ana Belk was sacked`."""
    if m.personal and not m.headed:
        passive = m.after() in BE and m.after(1) in m.evidence.done_to
        if passive or (m.before() in m.evidence.done_to and m.ends(STOPS - AUXILIARIES)):
            yield "person", 2 * WEAK


def initial(m: Mention) -> Iterator[Vote]:
    """`Ana D. Belk`."""
    inner = [t.text for t in m.own[1:-1]]
    if len(inner) == 2 and len(inner[0]) == 1 and inner[1] == "." and m.personal and not m.headed:
        yield "person", STRONG


def apposition(m: Mention) -> Iterator[Vote]:
    """`Vera Lind, its foreign minister`; `Torvik's mayor, Ana Belk,`; `Ana Lund, 43, …`; `Corvid, a ferry operator`; `Torvik, the capital`."""
    if m.after() == "," and title_follows(m.tokens, m.run.last + 1, m.vocab):
        yield "person", STRONG
    elif m.after() == "," and (noun := apposed(m.tokens, m.run.last + 1)):
        if noun in m.evidence.firms:
            yield "organisation", STRONG
        elif noun in m.vocab.heads["place"] or noun == "capital":
            yield "place", STRONG
        elif m.personal and noun.endswith(m.evidence.trades):
            yield "person", 2 * WEAK
    if not m.personal or m.headed:
        return
    kin = m.before() in m.evidence.kin or (m.before() == "," and m.before(2) in m.evidence.kin)
    if kin or (m.before() == "," and m.after() in (",", ".", "") and _post_before(m)):
        yield "person", STRONG
    if m.after() == "," and m.after(1).isdigit() and m.after(2) == ",":
        yield "person", STRONG


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


def post(m: Mention) -> Iterator[Vote]:
    """`Ana Belk was harbour minister`, `Ana Belk had been the mayor`."""
    if not m.personal or m.headed:
        return
    on = 1 if m.after() in ("had", "has") and m.after(1) == "been" else 0
    if m.after(on) not in ("is", "was", "been", "became"):
        return
    for word in m.tokens[m.run.last + on + 1 : m.run.last + on + 6]:
        if word.lower in m.evidence.surely_posts:
            yield "person", STRONG
        if not word.alphabetic or word.lower in m.evidence.surely_posts or word.lower in STOPS - {"the", "a", "an"}:
            return


def speech(m: Mention) -> Iterator[Vote]:
    """`Ana Belk said`, `said Ana Belk`, `Ana Belk, who`; but not `said Marn Shipping would pay`."""
    said = m.after() in m.evidence.speech
    if said and m.after(1) == "it" and m.after(2) in VERBS_OF_IT:
        yield "organisation", 2 * WEAK
    if said and _acronym(m):
        yield "organisation", WEAK
    if said and m.after(1) in ("he", "she") and not m.headed:
        yield "person", 2 * WEAK
    if not m.personal:
        return
    told = m.before() in m.evidence.speech and m.ends(STOPS - AUXILIARIES)
    if told or said or m.after() == "who" or (m.after() == "," and m.after(1) in ("who", "whose")):
        yield "person", 2 * WEAK


def particle(m: Mention) -> Iterator[Vote]:
    """`Jan van der Meer`."""
    inner = {t.lower for t in m.own[1:-1] if not t.capital}
    if m.own[0].lower not in m.vocab.particles and inner & m.vocab.particles and not m.headed:
        yield "person", 2 * WEAK


RULES: tuple[Callable[[Mention], Iterator[Vote]], ...] = (
    head,
    given_name,
    befallen,
    initial,
    apposition,
    post,
    speech,
    particle,
    within,
    apposed_place,
    part_of,
    travelled,
    governed,
    seated,
    described,
    apposed_to,
    seat_of,
    called,
    bodied,
    employs,
    acting,
)
