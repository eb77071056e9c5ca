"""Who says a thing, who thinks so, and how likely they find it: whether a reader can weigh it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from generator.link import Briefing
from generator.model import Mark, mapping
from generator.problems import Problem, problem
from generator.topics import TOPICS


def has_origin(briefing: Briefing) -> Iterator[Problem]:
    """Words and judgements of nobody cannot be weighed: who spoke, or who thinks so, is half of what they say."""
    for statement in briefing.by_kind.get("quotation", ()):
        if "speaker" not in mapping(statement.fact):
            yield problem(
                briefing.mark(statement, "words"),
                f"nobody is named as the speaker of {statement.fact.id}",
                valid="name the speaker, if the article does",
                example="speaker: ada-solvik",
                severity="warning",
                check="speaker",
            )
    for statement in briefing.by_kind.get("assessment", ()):
        if not statement.voices and not statement.outlet:
            yield problem(
                briefing.mark(statement, "hedge"),
                f"nobody is named whose judgement {statement.fact.id} is",
                valid="name who thinks so, who says so, or the publisher of the source",
                example="by: [ada-solvik]",
                severity="warning",
                check="holder",
            )


def reason_given(briefing: Briefing) -> Iterator[Problem]:
    """A fact that is struck through with no reason leaves readers to guess what is wrong with it."""
    for statement in briefing.statements:
        if statement.fact.review == "retracted" and not statement.fact.note:
            yield problem(
                briefing.mark(statement, "review"),
                f"{statement.fact.id} is retracted without a reason",
                valid="say why in a note, which is published",
                example="note: The ministry has withdrawn the figure.",
                severity="warning",
                check="reason",
            )


def likelihood_apart(briefing: Briefing) -> Iterator[Problem]:
    """How likely a thing is and how sure its judge is are two scales: in one sentence readers take one for the other.

    Intelligence Community Directive 203, D.6.e(2)(b): no confidence level and degree of likelihood in the same sentence.
    """
    for s in briefing.current:
        for key, text in (("text", s.fact.text), ("note", s.fact.note or "")):
            for found in _in_one_sentence(key, text, briefing):
                yield _apart(briefing.mark(s, key), found)


def lead_apart(briefing: Briefing) -> Iterator[Problem]:
    """The same of what leads into a topic."""
    for topic in briefing.topics:
        for found in _in_one_sentence("lead", topic.lead or "", briefing):
            yield _apart(topic.marks.get("", Mark(TOPICS)), found)


def _in_one_sentence(key: str, text: str, briefing: Briefing) -> Iterator[str]:
    table = briefing.lexicons["hedges"]
    likely, sure = (_words(table[name]) for name in ("likelihood", "confidence"))
    for sentence in SENTENCE_END.split(text) if sure.search(text) else ():
        how_likely, how_sure = likely.search(sentence), sure.search(sentence)
        if how_likely and how_sure:
            yield f"{key}: likelihood ('{how_likely[0]}') and confidence ('{how_sure[0]}') in one sentence"


def _apart(mark: Mark, found: str) -> Problem:
    return problem(
        mark,
        found,
        valid="say in one sentence how likely it is, in another how sure the judgement",
        severity="warning",
        check="likelihood-apart",
    )


SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE)


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return _pattern(tuple(words))


SAYING_CHECKS = (has_origin, reason_given, likelihood_apart)
