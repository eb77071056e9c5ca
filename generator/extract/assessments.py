"""Assessments: judgements that their holder hedges, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.clauses import antecedent
from generator.extract.draft import Draft
from generator.extract.grammar import ARTICLES, PREPOSITIONS, RELATIVES, Grammar, grammar
from generator.extract.inflect import verb_forms
from generator.extract.layers import Layers, Line
from generator.extract.standing import standing, stands
from generator.extract.vouching import chain, said_by, who_is
from generator.extract.within import names_in
from generator.extract.wording import clause_text, sentence
from generator.lexicon import Lexicons
from generator.model import Span

REACH = 14
"""Words before a hedge that its clause may begin with."""
STOPS = frozenset({";", ":", "(", ")", "--", "—", "–", '"', "“", "”"})
STOPS_OR_COMMA = STOPS | {","}


@dataclass(frozen=True)
class _Hedges:
    verbs: frozenset[str]
    held: frozenset[str]
    words: frozenset[str]
    adjectives: frozenset[str]
    modals: frozenset[str]
    every: frozenset[str]
    """All of these."""
    likelihood: tuple[str, ...]


@lru_cache(maxsize=4)
def _hedges(lexicons: Lexicons) -> _Hedges:
    table = lexicons["hedges"]

    def forms(lemmas: list[str]) -> frozenset[str]:
        return frozenset(form for lemma in lemmas for form, tag in verb_forms(lemma, lexicons) if tag != "ing")

    verbs, held = forms(table["verbs"]), forms(table["held"])
    words, adjectives, modals = (frozenset(table[name]) for name in ("adverbs", "adjectives", "modals"))
    return _Hedges(
        verbs=verbs,
        held=held,
        words=words,
        adjectives=adjectives,
        modals=modals,
        every=verbs | held | words | adjectives | modals,
        likelihood=tuple(sorted(table["likelihood"], key=len, reverse=True)),
    )


NEGATIONS = frozenset(["not", "never", "n't", "don't", "doesn't", "didn't"])
"""Right before a verb of belief: who does not fear something hedges nothing."""


def find_hedges(line: Line, lexicons: Lexicons) -> Iterator[tuple[int, str]]:
    """Index and sort (`verb`, `held`, `adverb`, `adjective`, `modal`) of the hedging words of a sentence."""
    hedges = _hedges(lexicons)
    for at, word in enumerate(line.words):
        if word.lower not in hedges.every:
            continue
        before = line.words[at - 1] if at else None
        if word.lower in hedges.modals:
            # `May` the month, `the might of`: a modal stands in lower case after a subject.
            if (
                not word.capital
                and before
                and before.lower not in ("the", "of", "in", "a")
                and not (word.lower == "could" and line.words[at + 1 : at + 2] and line.words[at + 1].lower == "not")
                and not any(t.start <= word.start < t.end for t in line.times)
            ):
                yield at, "modal"
        elif (
            word.lower in hedges.held
            and not word.capital
            and not any(w.lower in NEGATIONS for w in line.words[max(0, at - 2) : at])
            and not (
                before and before.lower in ("the", "a", "an", "to", "of", "by", "without", "no", "her", "his", "their")
            )
        ):
            yield at, "held"
        elif word.lower in hedges.verbs and not (before and before.lower in ("the", "a", "an", "of", "by")):
            following = line.words[at + 1].lower if at + 1 < len(line.words) else ""
            if following not in PREPOSITIONS or following in ("to", "like", "as"):  # `appears before the court`
                yield at, "verb"
        elif word.lower in hedges.words:
            yield at, "adverb"
        elif word.lower in hedges.adjectives:
            yield at, "adjective"


def assessments(layers: Layers) -> Iterator[Draft]:
    """The hedged judgements of a text; several hedges on one clause make one assessment, named after the first."""
    rules = grammar(layers.lexicons)
    for line in layers.lines:
        last: Span | None = None
        for at, sort in find_hedges(line, layers.lexicons):
            if sort == "held" and not _judges(line, at):
                continue
            quote = (
                standing(line, line.words[at].start, _noun_end(line, at), rules)
                if sort == "adjective"
                else _scope(line, at, rules)
            )
            if last and last.start <= line.words[at].start < last.end:
                continue
            last = quote
            yield _assessment(layers, line, at, sort, quote)


def _noun_end(line: Line, at: int) -> int:
    """Where the noun of a hedging adjective ends, an infinitive of its own included: `apparent effort to win`."""
    words = line.words
    for index in range(at + 1, min(at + 4, len(words) - 1)):
        if words[index].lower == "to":
            return words[index + 1].end
    return words[at].end


def _judges(line: Line, at: int) -> bool:
    """Whether a verb of belief holds a judgement (`believes a slip is likely`) rather than a person (`believes her`)."""
    after = [w.lower for w in line.words[at + 1 : at + 7]]
    return bool(after) and after[0] not in (".", ",", "in", "of", "about", "him", "her", "them", "it", "for", "so")


def _scope(line: Line, at: int, rules: Grammar) -> Span:
    """The clause that a hedge is about: to the marks and conjunctions around it, within what somebody said."""
    words = line.words
    offset = words[at].start
    attribution = said_by(line, offset)
    piece = next((s for s in attribution.spans if s.start <= offset < s.end), line.span) if attribution else line.span
    first = at
    while first > 0 and at - first < REACH and words[first - 1].start >= piece.start:
        before = words[first - 1]
        if before.text in ('"', "“") and not words[first].capital and first > 1:
            piece = line.span  # a quoted phrase that goes on from the sentence around it: `Those trips "appear to …`
            first -= 1
            continue
        if (
            before.text in STOPS
            or before.text == ","
            or before.lower in ("which", "who", "that", "but", "because", "if", "although", "while")
        ):
            break
        first -= 1
    last = at + 1
    while last < len(words) and last - at < 45 and words[last].end <= piece.end:
        following = words[last]
        if following.text in STOPS_OR_COMMA or (following.text in ".!?" and last == len(words) - 1):
            break
        if following.lower in ("which", "although", "while", "because", "but"):
            break
        last += 1
    low = line.at(piece.start)
    if first > low + 1 and words[first - 1].text == "," and words[low].lower in ("if", "unless"):
        return Span(words[low].start, words[last - 1].end)  # a judgement without its condition says too much
    opening, _ = antecedent(words, first, line, rules)
    if opening == first and not stands(line, first, last, rules):
        return standing(line, words[at].start, words[last - 1].end, rules)
    return Span(words[opening].start, words[last - 1].end)


def _text(layers: Layers, line: Line, at: int, quote: Span) -> str:
    """The judgement as a sentence: what a relative stands for is put where the relative left a gap."""
    words = line.words
    relative = next((i for i in range(line.at(quote.start), at) if words[i].lower in RELATIVES), None)
    if relative is None or words[relative - 1].text != "," or any(w.text == "," for w in words[relative:at]):
        return clause_text(layers, line, quote)
    first, named = words[line.at(quote.start)], any(n.start == quote.start for n in line.names)
    thing = Span(quote.start, words[relative - 2].end).of(layers.text)
    if relative + 1 == at:  # `the firm, which may close`
        return sentence(f"{thing} {Span(words[at].start, quote.end).of(layers.text)}")
    if first.lower in ARTICLES and not named:
        thing = thing[0].lower() + thing[1:]
    holder, rest = Span(words[relative].end, words[at].end), Span(words[at].end, quote.end)
    return sentence(f"{holder.of(layers.text)} {thing} {rest.of(layers.text)}")


def _assessment(layers: Layers, line: Line, at: int, sort: str, quote: Span) -> Draft:
    hedges = _hedges(layers.lexicons)
    word = line.words[at]
    attribution = said_by(line, word.start)
    by: tuple[str, ...] = ()
    if sort == "held":
        subject = [
            n
            for n in names_in(line, max(0, at - 8), at)
            if not n.possessive and n.via != "demonym" and n.kind in ("person", "organisation", "place")
        ]
        by = (subject[-1].id,) if subject else ()
    if not by and attribution:
        holder = who_is(line, attribution.speaker, layers)
        by = (holder,) if holder else ()
    own = quote.of(layers.text).casefold()
    likelihood = next((phrase for phrase in hedges.likelihood if f" {phrase} " in f" {own.rstrip('.,')} "), None)
    about = [n.id for n in line.names if quote.start <= n.start < quote.end and n.kind in ("programme", "meeting")]
    chained = chain(line, word.start, layers)
    return Draft(
        kind="assessment",
        quote=quote,
        rule=f"assessment-{sort}",
        trigger=Span(word.start, word.end),
        text=_text(layers, line, at, quote),
        values={
            "hedge": word.text,
            "by": by,
            "likelihood": likelihood,
            "about": tuple(dict.fromkeys(about)),
            "according_to": tuple(id_ for id_ in chained if id_ not in by),
        },
    )
