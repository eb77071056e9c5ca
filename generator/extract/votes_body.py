"""What speaks for a name as that of an organisation, by one mention: what stands around it, and what it does."""

from __future__ import annotations

from collections.abc import Iterator

from generator.extract.mentions import ARTICLES, DEFINITE, FAINT, WEAK, Mention, Vote
from generator.extract.name_words import STOPS
from generator.extract.titles import title_length


def described(m: Mention) -> Iterator[Vote]:
    """`the pollster Corvid`, `the relief group Open Hands`; `the port city Torvik`."""
    noun = m.before()
    if m.run.title or m.headed or noun not in m.evidence.firms | m.vocab.heads["place"]:
        return
    if any(m.before(back) in ("the", "a", "an", "'s", "its", "of", "at", "by", "for") for back in (2, 3, 4)):
        yield "organisation" if noun in m.evidence.firms else "place", 2 * WEAK


def apposed_to(m: Mention) -> Iterator[Vote]:
    """`The contractor, Corvid,`; `the firm's owner, Corvid Foods,`."""
    if m.before() != "," or m.headed or m.run.title or m.after() not in (",", ".", ""):
        return
    if m.before(2) in m.evidence.firms and any(m.before(back) in DEFINITE for back in (3, 4, 5)):
        yield "organisation", 2 * WEAK


def called(m: Mention) -> Iterator[Vote]:
    """`the National Renewal party`, `the White Anchor relief agency`."""
    first = m.after()
    nouns = {first, m.after(1)} if first.isalpha() and first not in STOPS else {first}
    if not m.headed and not m.capital_after() and m.before() in ARTICLES and nouns & m.evidence.called:
        yield "organisation", WEAK


def bodied(m: Mention) -> Iterator[Vote]:
    """`the chief executive of Corvid`, `shares in Corvid`, `an analyst at Corvid`."""
    if m.headed or m.before() not in ("of", "at", "for", "in"):
        return
    words = m.evidence.not_in if m.before() == "in" else m.evidence.body_of
    if m.before(2) in words and m.before(2) not in m.evidence.place_of:
        yield "organisation", WEAK


def employs(m: Mention) -> Iterator[Vote]:
    """`Corvid spokesman Ana Belk`, `Corvid's managing director, Ana Belk`."""
    if m.run.first == 0 and len(m.own) == 1 and m.after() != "'s":
        return  # `Finance minister Ana Belk`
    at = m.run.last + (m.after() == "'s")
    title = title_length(m.tokens, at, min(len(m.tokens), at + 4), m.vocab) if at < len(m.tokens) else 0
    behind = at + title
    posts = m.vocab.titles | m.vocab.title_before
    if (
        title
        and (m.after() == "'s" or m.after() in posts)
        and m.tokens[at].lower not in m.evidence.governed
        and not m.tokens[at].capital
    ):
        behind += behind < len(m.tokens) and m.tokens[behind].text == ","
        if behind < len(m.tokens) and m.tokens[behind].capital:
            yield "organisation", WEAK


def acting(m: Mention) -> Iterator[Vote]:
    """`Corvid offered to sell`, `Corvid has agreed`: a body, where nothing tells otherwise."""
    opens = m.run.first == 0
    if m.personal or m.run.title or (opens and len(m.own) == 1 and m.own[0].lower.endswith(m.evidence.endings)):
        return
    ahead = m.after() in ("has", "have", "had", "will", "would")
    deeds = m.evidence.acts if ahead else m.evidence.acted
    if m.after(1 if ahead else 0) in deeds and not (opens and m.after() == "had"):
        yield "organisation", FAINT
