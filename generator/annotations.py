"""The layers of one text as plain data for `briefing annotate`; offsets count characters of the text as given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from generator.extract.assessments import find_hedges
from generator.extract.events import events
from generator.extract.grammar import grammar
from generator.extract.layers import Layers, Line
from generator.extract.quantity_scene import NUMBERING
from generator.extract.quotations import Attribution
from generator.model import Span


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None


def _filled(values: dict[str, Any], *optional: str) -> dict[str, Any]:
    """Without those optional keys that hold nothing."""
    return {name: value for name, value in values.items() if value or name not in optional}


def _times(line: Line) -> list[dict[str, Any]]:
    return [
        _filled({"start": t.start, "end": t.end, "type": t.type, "value": t.value, "when": t.when, "mod": t.mod}, "mod")
        for t in line.times
    ]


def _names(line: Line) -> list[dict[str, Any]]:
    return [{"start": n.start, "end": n.end, "kind": n.kind, "id": n.id, "via": n.via} for n in line.names]


def _quantities(line: Line) -> list[dict[str, Any]]:
    """What counts or measures something; a range's value is its two ends, lower first."""
    return [
        _filled(
            {
                "start": q.start,
                "end": q.end,
                "value": q.value if q.high is None else sorted([q.value, q.high]),
                "unit": q.unit,
                "per": q.per,
                "bound": q.bound or q.change,
                "kind": q.kind,
            },
            "per",
        )
        for q in line.quantities
        if q.kind not in NUMBERING
    ]


def _hedges(line: Line, layers: Layers) -> list[dict[str, Any]]:
    found = (line.words[at] for at, _ in find_hedges(line, layers.lexicons))
    return [{"start": word.start, "end": word.end} for word in found]


def _made_in(attribution: Attribution, lines: Sequence[Line]) -> Attribution | None:
    """The narrowest wider attribution in whose content another one is made. Direct speech stands by itself: the article
    gives its words."""
    if attribution.kind == "direct":
        return None
    at = (attribution.cue or attribution).start
    line = lines[max(0, bisect_right(lines, at, key=lambda line: line.span.start) - 1)]
    wider = (a for a in line.attributions if a.end - a.start > attribution.end - attribution.start)
    holders = (a for a in wider if any(s.start <= at < s.end for s in a.spans))
    return min(holders, key=lambda a: a.end - a.start, default=None)


def _quotations(layers: Layers) -> list[dict[str, Any]]:
    """Each once: one that runs over sentences stands in the list of each. `spans` are the pieces of an interrupted one;
    what somebody is said to have said or to plan (`Lund said the council wants a mill`) stands `inside` the outer one."""
    every = dict.fromkeys(attribution for line in layers.lines for attribution in line.attributions)
    inside: dict[Attribution | None, list[Attribution]] = {}
    for a in sorted(every, key=lambda a: (a.start, a.end)):
        inside.setdefault(_made_in(a, layers.lines), []).append(a)

    def entry(a: Attribution) -> dict[str, Any]:
        return _filled(
            {
                "start": a.start,
                "end": a.end,
                "kind": a.kind,
                "speaker": _span(a.speaker),
                "cue": _span(a.cue),
                "spans": [[span.start, span.end] for span in a.spans] if len(a.spans) > 1 else None,
                "inside": [entry(inner) for inner in inside.get(a, ())],
            },
            "spans",
            "inside",
        )

    return [entry(a) for a in inside.get(None, ())]


def _events(layers: Layers) -> list[dict[str, Any]]:
    """The word that tells each event, its sort, its code where PLOVER has one, its status and who takes part."""
    rules, found = grammar(layers.lexicons), []
    for draft in events(layers):
        told = draft.values
        line = layers.line_at(draft.trigger.start)
        names = [n for n in line.names if n.span in draft.quote and n.id in told["who"]]
        found.append(
            {
                **(_span(draft.trigger) or {}),
                "what": told["what"],
                "plover": rules.plover.get(told["what"]),
                "status": told["status"],
                "who": [_span(name.span) for name in names],
            }
        )
    return found


def annotated(layers: Layers) -> dict[str, list[dict[str, Any]]]:
    """`times`, `names`, `quantities`, `quotations`, `hedges` and `events`, each in order of the text."""
    return {
        "times": [time for line in layers.lines for time in _times(line)],
        "names": [name for line in layers.lines for name in _names(line)],
        "quantities": [quantity for line in layers.lines for quantity in _quantities(line)],
        "quotations": _quotations(layers),
        "hedges": [hedge for line in layers.lines for hedge in _hedges(line, layers)],
        "events": _events(layers),
    }
