"""What speaks for a name as that of a place, by one mention."""

from __future__ import annotations

from generator.extract.mentions import NONE, WEAK, Mention, Votes
from generator.extract.name_words import STOPS
from generator.extract.titles import SEATS

PLACE: Votes = (("place", WEAK),)
SURELY_PLACE: Votes = (("place", 2 * WEAK),)
BODY: Votes = (("organisation", WEAK),)
RULING = SEATS | {"minister", "king", "queen"}
"""Posts over a place."""


def within(m: Mention) -> Votes:
    """`in Dray`, `near Dray`; but not `a stake in Corvid`."""
    if (m.own[0].text.isupper() and len(m.own[0].text) > 2) or m.headed in ("organisation", "programme"):
        return NONE  # `in HBA`
    before, back = m.previous, 2
    if before in m.vocab.compass:  # `in southern Dray`
        before, back = m.before(2), 3
    leads = before in ("near", "outside") or (before == "in" and m.before(back) not in m.evidence.not_in)
    leads = leads or (before == "at" and m.before(back) not in m.evidence.no_place_at)
    place = leads and len(m.own) <= 3 and m.following not in ("'s", ":") and m.ends(m.evidence.behind_place)
    return PLACE if place else NONE


def apposed_place(m: Mention) -> Votes:
    """`the capital, Torvik,`; `the port city, Torvik,`."""
    if m.following not in (",", ".", "") or len(m.own) > 3:
        return NONE
    definite = any(m.before(back) in ("the", "'s", "its", "their") for back in (3, 4))
    return SURELY_PLACE if definite and m.before(2) in m.evidence.place_of else NONE


def part_of(m: Mention) -> Votes:
    """`the port of Dray`, `north of Dray`, `the mayor of Dray`."""
    return PLACE if m.before(2) in m.evidence.place_of and len(m.own) <= 3 and m.following != "'s" else NONE


def travelled(m: Mention) -> Votes:
    """`sailed from Harl to Dray`, `the road to Dray`, `bound for Dray`."""
    if len(m.own) > 3:
        return NONE
    at = m.run.first - 1
    reach = [t.lower for t in m.tokens[max(0, at - (1 if m.previous == "for" else 5)) : at]]
    travels = m.ends() and m.following != "'s" and not m.evidence.motion.isdisjoint(reach)
    return PLACE if travels else NONE


def governed(m: Mention) -> Votes:
    """`Orvelia's government`, `Torvik's mayor`, `Orvelia's finance ministry`; `Corvid's chief executive`."""
    if m.after(1) in m.evidence.governed or (m.after(2) in ("ministry", "minister") and not m.headed):
        return PLACE
    if m.after(1) in m.evidence.owned or (m.after(1) == "chief" and m.after(2) == "executive"):
        return BODY
    return NONE


def seated(m: Mention) -> Votes:
    """`Harl Mayor Ida Renn`."""
    return PLACE if m.tokens[m.run.last].capital else NONE


def seat_of(m: Mention) -> Votes:
    """`Prime Minister Ana Belk of Orvelia`; `Professor Ana Belk of Corvid`."""
    if m.headed or not m.capital_before(2):
        return NONE
    for back in range(3, 8):
        word = m.before(back)
        if word in m.vocab.titles:
            return PLACE if word in m.evidence.governed or word in RULING else BODY
        if not word[:1].isalpha() or word in STOPS:
            return NONE
    return NONE
