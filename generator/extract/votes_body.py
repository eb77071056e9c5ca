"""What speaks for a name as that of an organisation, by one mention: what stands around it, and what it does."""

from __future__ import annotations

from generator.extract.mentions import DEFINITE, FAINT, NONE, WEAK, Mention, Votes
from generator.extract.name_words import STOPS
from generator.extract.titles import title_length

BODY: Votes = (("organisation", WEAK),)
SURELY_BODY: Votes = (("organisation", 2 * WEAK),)
SURELY_PLACE: Votes = (("place", 2 * WEAK),)
FAINTLY_BODY: Votes = (("organisation", FAINT),)


def described(m: Mention) -> Votes:
    """`the pollster Corvid`, `the relief group Open Hands`; `the port city Torvik`."""
    noun = m.previous
    firm = noun in m.evidence.firms
    if m.run.title or m.headed or not (firm or noun in m.vocab.heads["place"]):
        return NONE
    if any(m.before(back) in ("the", "a", "an", "'s", "its", "of", "at", "by", "for") for back in (2, 3, 4)):
        return SURELY_BODY if firm else SURELY_PLACE
    return NONE


def apposed_to(m: Mention) -> Votes:
    """`The contractor, Corvid,`; `the firm's owner, Corvid Foods,`."""
    if m.headed or m.run.title or m.following not in (",", ".", ""):
        return NONE
    apposed = m.before(2) in m.evidence.firms and any(m.before(back) in DEFINITE for back in (3, 4, 5))
    return SURELY_BODY if apposed else NONE


def called(m: Mention) -> Votes:
    """`the National Renewal party`, `the White Anchor relief agency`."""
    if m.headed or m.capital_after():
        return NONE
    first, nouns = m.following, m.evidence.called
    named = first in nouns or (first.isalpha() and first not in STOPS and m.after(1) in nouns)
    return BODY if named else NONE


def bodied(m: Mention) -> Votes:
    """`the chief executive of Corvid`, `shares in Corvid`, `an analyst at Corvid`."""
    if m.headed:
        return NONE
    words = m.evidence.not_in if m.previous == "in" else m.evidence.body_of
    return BODY if m.before(2) in words and m.before(2) not in m.evidence.place_of else NONE


def employs(m: Mention) -> Votes:
    """`Corvid spokesman Ana Belk`, `Corvid's managing director, Ana Belk`."""
    owner = m.following == "'s"
    if not owner and ((m.run.first == 0 and len(m.own) == 1) or m.following not in m.evidence.posts):
        return NONE  # `Finance minister Ana Belk`
    at = m.run.last + owner
    title = title_length(m.tokens, at, min(len(m.tokens), at + 4), m.vocab) if at < len(m.tokens) else 0
    if not title or m.tokens[at].lower in m.evidence.governed or m.tokens[at].capital:
        return NONE
    behind = at + title
    behind += behind < len(m.tokens) and m.tokens[behind].text == ","
    return BODY if behind < len(m.tokens) and m.tokens[behind].capital else NONE


def acting(m: Mention) -> Votes:
    """`Corvid offered to sell`, `Corvid has agreed`: a body, where nothing tells otherwise."""
    opens = m.run.first == 0
    if m.personal or m.run.title or (opens and len(m.own) == 1 and m.own[0].lower.endswith(m.evidence.endings)):
        return NONE
    ahead = m.following in ("has", "have", "had", "will", "would")
    acts = m.after(1) in m.evidence.acts if ahead else m.following in m.evidence.acted
    return FAINTLY_BODY if acts and not (opens and m.following == "had") else NONE
