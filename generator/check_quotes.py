"""Whether the words that facts rest on stand in their articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.link import Briefing
from generator.mend import given, twin
from generator.model import Quotation, Seed, Span
from generator.problems import Problem, problem
from generator.statement import Statement, locate


def quote_in_source(briefing: Briefing) -> Iterator[Problem]:
    """The quote is the authority for all the rest: a fact whose words are not in its source proves nothing."""
    asked = _asked(briefing)
    for statement, seed in _with_articles(briefing):
        quote, nth = statement.fact.quote, statement.fact.nth
        if locate(quote, None, seed.text) is None and statement.fact.id in asked:
            continue  # the article took it back, and a person is asked already
        if locate(quote, None, seed.text) is None:
            found = _not_there(briefing, statement, seed)
            yield replace(found, severity="warning") if statement.fact.id in briefing.kept else found
        elif locate(quote, nth, seed.text) is None:
            yield problem(
                briefing.mark(statement, "nth"),
                f"nth: {nth}, but the quote occurs fewer times",
                valid="count from 1, or leave nth out where the quote occurs once",
                example="nth: 1",
                check="quote-nth",
            )
        elif nth is None and locate(quote, 2, seed.text) is not None:
            yield problem(
                briefing.mark(statement, "quote"),
                f"the quote of {statement.fact.id} occurs more than once; the first is taken",
                valid="say which occurrence is meant",
                example="nth: 1",
                severity="warning",
                check="quote-nth",
            )


def _with_articles(briefing: Briefing) -> Iterator[tuple[Statement, Seed]]:
    """Statements with the articles they were read from; where that is gone or another by now, it is told once for the source."""
    for statement in briefing.statements:
        seed = briefing.seeds.get(statement.source.id)
        if seed and seed.sha256 == statement.source.sha256:
            yield statement, seed


def _asked(briefing: Briefing) -> set[str]:
    """Facts of which a person is asked already, because the article has other words now."""
    return {c.fact for c in briefing.conflicts if c.rule == "no-longer-extracted" or c.key == "quote"}


def whole_words(briefing: Briefing) -> Iterator[Problem]:
    """A quote that begins or ends within a word says what the article does not: 40 is not 4."""
    for statement, seed in _with_articles(briefing):
        span, text = statement.span, seed.text
        if not span:
            continue
        before, after = text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1]
        if (len(before) == 2 and before.isalnum()) or (len(after) == 2 and after.isalnum()):
            yield problem(
                briefing.mark(statement, "quote"),
                f"the quote of {statement.fact.id} cuts a word of seeds/{seed.path}",
                valid="quote whole words",
                severity="warning",
                check="quote-whole-words",
                fix=given(briefing.files[statement.source.id], statement.fact.id, "quote", _whole(span, text).of(text)),
            )


def _whole(span: Span, text: str) -> Span:
    """A span with the rest of the words that it cuts."""
    start, end = span.start, span.end
    while start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def words_in_source(briefing: Briefing) -> Iterator[Problem]:
    """What stands between quotation marks is what somebody said, to the letter, or it is made up."""
    asked = _asked(briefing)
    for statement, seed in _with_articles(briefing):
        fact = statement.fact
        if not isinstance(fact, Quotation) or fact.words in seed.text or fact.id in asked:
            continue
        alike = twin(fact.words, seed.text)
        if (
            alike and alike.of(seed.text).split() == fact.words.split()
        ):  # the article breaks its lines within direct speech
            continue
        same = "only white space, quotation marks, capitals or dashes differ; write them as the article does"
        yield problem(
            briefing.mark(statement, "words"),
            f"the words of {fact.id} are not in seeds/{seed.path}",
            valid=same if alike else nearest(fact.words, seed.text) or "write what was said, to the letter",
            check="words-in-source",
            fix=given(briefing.files[statement.source.id], fact.id, "words", alike.of(seed.text)) if alike else (),
        )


def _not_there(briefing: Briefing, statement: Statement, seed: Seed) -> Problem:
    """A quote that its article lacks: it differs in typography only, or it is another article's, or the words are others."""
    fact, file = statement.fact, briefing.files[statement.source.id]
    alike = twin(fact.quote, seed.text)
    elsewhere = (other for other, text in briefing.seeds.items() if fact.quote in text.text)
    if alike:
        valid = "only white space, quotation marks, capitals or dashes differ; write them as the article does"
    elif other := next(elsewhere, None):
        valid = f"it is in seeds/{briefing.seeds[other].path}: move the fact to {briefing.files[other].path}"
    else:
        valid = nearest(fact.quote, seed.text) or "copy the words from the article, to the letter"
    return problem(
        briefing.mark(statement, "quote"),
        f"the quote of {fact.id} is not in seeds/{seed.path}",
        valid=valid,
        check="quote-in-source",
        fix=given(file, fact.id, "quote", alike.of(seed.text)) if alike else (),
    )


def nearest(quote: str, text: str) -> str:
    """Advice on a quote that is not in a text: how far it agrees, and how the text goes on there; or nothing.

    White space and quotation marks are the usual culprits, so both are shown as they stand.
    """
    low, high = 0, len(quote)
    while low < high:  # the longest beginning of the quote that the text holds
        middle = (low + high + 1) // 2
        low, high = (middle, high) if quote[:middle] in text else (low, middle - 1)
    if low < max(1, min(12, len(quote) // 3)):
        return ""
    start = text.find(quote[:low])
    end = start + len(quote)
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():  # to the end of the word
        end += 1
    there = text[start:end]
    return f"the article reads {there[:200]!r}, which differs after {quote[max(0, low - 30) : low]!r}"


QUOTE_CHECKS = (quote_in_source, whole_words, words_in_source)
