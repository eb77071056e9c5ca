"""What speaks for a name as that of a place, by one mention."""

from __future__ import annotations

from collections.abc import Iterator

from generator.extract.mentions import WEAK, Mention, Vote
from generator.extract.name_words import STOPS
from generator.extract.titles import SEATS


def within(m: Mention) -> Iterator[Vote]:
    """`in Dray`, `near Dray`; but not `a stake in Corvid`."""
    if (m.own[0].text.isupper() and len(m.own[0].text) > 2) or m.headed in ("organisation", "programme"):
        return  # `in HBA`
    before, back = m.before(), 2
    if before in m.vocab.compass:  # `in southern Dray`
        before, back = m.before(2), 3
    leads = before in ("near", "outside") or (before == "in" and m.before(back) not in m.evidence.not_in)
    leads = leads or (before == "at" and m.before(back) not in m.evidence.body_of | m.vocab.titles)
    if leads and len(m.own) <= 3 and m.after() not in ("'s", ":") and m.ends(STOPS | m.evidence.behind_place):
        yield "place", WEAK


def apposed_place(m: Mention) -> Iterator[Vote]:
    """`the capital, Torvik,`; `the port city, Torvik,`."""
    apart = m.before() == "," and m.after() in (",", ".", "") and len(m.own) <= 3
    definite = any(m.before(back) in ("the", "'s", "its", "their") for back in (3, 4))
    if apart and definite and m.before(2) in m.evidence.place_of:
        yield "place", 2 * WEAK


def part_of(m: Mention) -> Iterator[Vote]:
    """`the port of Dray`, `north of Dray`, `the mayor of Dray`."""
    if m.before() == "of" and m.before(2) in m.evidence.place_of and len(m.own) <= 3 and m.after() != "'s":
        yield "place", WEAK


def travelled(m: Mention) -> Iterator[Vote]:
    """`sailed from Harl to Dray`, `the road to Dray`, `bound for Dray`."""
    if m.before() not in ("to", "from", "for", "into", "via", "towards", "toward") or len(m.own) > 3:
        return
    at = m.run.first - 1
    reach = [t.lower for t in m.tokens[max(0, at - (1 if m.before() == "for" else 5)) : at]]
    if m.ends() and m.after() != "'s" and not m.evidence.motion.isdisjoint(reach):
        yield "place", WEAK


def governed(m: Mention) -> Iterator[Vote]:
    """`Orvelia's government`, `Torvik's mayor`, `Orvelia's finance ministry`; `Corvid's chief executive`."""
    if m.after() not in ("'s", "’s"):
        return
    if m.after(1) in m.evidence.governed or (m.after(2) in ("ministry", "minister") and not m.headed):
        yield "place", WEAK
    elif m.after(1) in m.evidence.owned or (m.after(1) == "chief" and m.after(2) == "executive"):
        yield "organisation", WEAK


def seated(m: Mention) -> Iterator[Vote]:
    """`Harl Mayor Ida Renn`."""
    if m.after() in SEATS and m.tokens[m.run.last].capital:
        yield "place", WEAK


def seat_of(m: Mention) -> Iterator[Vote]:
    """`Prime Minister Ana Belk of Orvelia`; `Professor Ana Belk of Corvid`."""
    if m.before() != "of" or m.headed or not m.capital_before(2):
        return
    for back in range(3, 8):
        word = m.before(back)
        if word in m.vocab.titles:
            yield (
                "place"
                if word in m.evidence.governed or word in SEATS | {"minister", "king", "queen"}
                else "organisation",
                WEAK,
            )
            return
        if not word[:1].isalpha() or word in STOPS:
            return
