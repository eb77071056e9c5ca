"""An event in the making: names, places and who vouches for it, read off its quote."""

from __future__ import annotations

from collections.abc import Sequence

from generator.extract.draft import Draft
from generator.extract.grammar import grammar
from generator.extract.layers import Layers, Line
from generator.extract.times import Time
from generator.extract.triggers import Trigger
from generator.extract.vouching import chain, said_by, voiced
from generator.extract.words import Word
from generator.model import Span


def _voices(layers: Layers, line: Line, word: Word, status: str) -> tuple[str, ...]:
    """Who vouches for an event. Who demands something does not vouch for what stands beside it:
    `called for calm before the vote set for May`."""
    attribution = said_by(line, word.start)
    rules = grammar(layers.lexicons)
    cue = attribution.cue if attribution and status == "planned" else None
    if cue and any(
        w.lower in rules.demand or w.lower in rules.demand_for
        for w in line.words
        if w.start in range(cue.start, cue.end)
    ):
        return ()
    return chain(line, word.start, layers)


def event_draft(
    layers: Layers,
    line: Line,
    trigger: Trigger,
    rule: str,
    quote: Span,
    text: str,
    status: str,
    who: list[str],
    time: Time | None,
    demanders: tuple[str, ...],
    verb: Word | None = None,
    own: Sequence[Span] = (),
) -> Draft:
    """The draft of an event; who says so is told by the place of `verb`, if that is not the trigger.

    `own` are the parts of the quote that speak of this event, where it speaks of others too.
    """
    word = line.words[trigger.at]
    names = [n for n in line.names if any(s.start <= n.start < s.end for s in own or (quote,))]
    places = [n.id for n in names if n.kind == "place" and n.via == "name" and not n.possessive and n.id not in who]
    about = [n.id for n in names if n.kind in ("programme", "meeting") and n.id not in who]
    attributed = _voices(layers, line, verb or word, status)
    return Draft(
        kind="event",
        quote=quote,
        rule=rule,
        trigger=Span(word.start, word.end),
        text=voiced(text, line, (verb or word).start, layers) if status != "denied" else text,
        proof=time.account if time else "",
        values={
            "what": trigger.sort,
            "status": status,
            "who": tuple(dict.fromkeys(who)),
            "where": tuple(dict.fromkeys(places)),
            "about": tuple(dict.fromkeys(about)),
            "when": time.when if time else None,
            "when_words": " ".join(time.words.of(layers.text).split()) if time else None,
            "according_to": tuple(dict.fromkeys((*demanders, *attributed))),
        },
    )
