"""In plain words, how a fact was read: what its pronouns mean, and by which words somebody vouches for it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.extract.layers import Layers
from generator.extract.vouching import said_by
from generator.model import NAME_KEYS, Found


def reasons(found: Found, layers: Layers) -> dict[str, str]:
    """By key, why a fact says what it says; a key is one of the fact's, `rule`, `trigger`, or a word that points back."""
    told = {"rule": found.rule, "trigger": found.trigger, "when": found.proof}
    told |= dict(_voices(found, layers))
    told |= dict(_pointing(found, layers))
    return {key: words for key, words in told.items() if words}


def _voices(found: Found, layers: Layers) -> Iterator[tuple[str, str]]:
    """Who says it, and the words that tell so."""
    text = layers.text
    place = max(found.span.start, text.find(found.trigger, found.span.start))
    attribution = said_by(layers.line_at(place), place)
    if attribution is None:
        return
    speaker = attribution.source or attribution.speaker
    said = (" ".join(part.of(text).split()) for part in (speaker, attribution.cue) if part)
    yield "speaker" if found.fact.kind == "quotation" else "according-to", " … ".join(said) or "nobody is named"


def _pointing(found: Found, layers: Layers) -> Iterator[tuple[str, str]]:
    """What pronouns and descriptions in and right before its words stand for, where the fact names that."""
    named = {id_ for key in NAME_KEYS for id_ in _ids(getattr(found.fact, key, None))}
    line = layers.line_at(found.span.start)
    for name in line.names:
        if name.via in ("pronoun", "description") and name.id in named and name.start < found.span.end:
            yield name.span.of(layers.text).lower(), f"{layers.entities[name.id].name}, named before"


def _ids(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, tuple) else ()
