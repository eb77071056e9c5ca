"""Whether the words that facts rest on stand in their articles."""

from __future__ import annotations

from collections.abc import Iterator

from generator.link import Briefing, Statement, locate
from generator.mend import given, twin
from generator.model import Seed
from generator.problems import Problem, problem


def quote_in_source(briefing: Briefing) -> Iterator[Problem]:
    """The quote is the authority for all the rest: a fact whose words are not in its source proves nothing."""
    asked = {conflict.fact for conflict in briefing.conflicts if conflict.rule == "no-longer-extracted"}
    for statement in briefing.statements:
        seed = briefing.seeds.get(statement.source.id)
        if seed is None:
            continue
        quote, nth = statement.fact.quote, statement.fact.nth
        if locate(quote, None, seed.text) is None and statement.fact.id in asked:
            continue  # the article took it back, and a person is asked already
        if locate(quote, None, seed.text) is None:
            yield _not_there(briefing, statement, seed)
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


def _not_there(briefing: Briefing, statement: Statement, seed: Seed) -> Problem:
    """A quote that its article lacks: it differs in typography only, or it is another article's, or the words are others."""
    fact, file = statement.fact, briefing.files[statement.source.id]
    alike = twin(fact.quote, seed.text)
    elsewhere = (other for other, text in briefing.seeds.items() if fact.quote in text.text)
    if alike:
        valid = "only white space, quotation marks or dashes differ; write them as the article does"
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
    there = text[start : start + len(quote)]
    return f"the article reads {there[:200]!r}, which differs after {quote[max(0, low - 30) : low]!r}"


QUOTE_CHECKS = (quote_in_source,)
