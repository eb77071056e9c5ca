"""Events: what somebody did or what befell, and what is planned, expected, demanded or denied.

A verb of the lexicon makes an event when it reads as one of those; a noun does when a date, a verb
that only holds it (`hold a summit`) or a word of scheduling stands with it. Direct speech makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator import edtf
from generator.extract.clauses import (
    ARTICLES,
    RELATIVES,
    Clause,
    actors,
    chain,
    clause_of,
    names_in,
    noun_before,
    said_by,
    span_of,
    times_in,
)
from generator.extract.draft import Draft
from generator.extract.layers import Layers, Line
from generator.extract.standing import LIMIT, fitted, length
from generator.extract.times import Time
from generator.extract.verbs import (
    DETERMINERS,
    PREPOSITIONS,
    Grammar,
    Reading,
    Trigger,
    find_triggers,
    grammar,
    is_finite,
    read_verb,
)
from generator.extract.wording import clause_text, sentence
from generator.extract.words import Word
from generator.model import Span

STATUSES = ("happened", "planned", "expected", "called-for")
ATTACH = 9
"""How many words may stand between an event's noun and its date."""


def events(layers: Layers) -> Iterator[Draft]:
    """The events of a text, sentence by sentence."""
    rules = grammar(layers.lexicons)
    for line in layers.lines:
        triggers = [t for t in find_triggers(line.words, rules) if not line.in_quotation(line.words[t.at].start)]
        yield from _line_events(layers, line, triggers, rules)


def _line_events(layers: Layers, line: Line, triggers: list[Trigger], rules: Grammar) -> Iterator[Draft]:
    nouns = [t for t in triggers if not t.tags and _is_head(line, t, rules)]
    held: set[int] = set()
    used: set[int] = set()
    drafts: list[Draft] = []
    for trigger in triggers:
        if not trigger.tags:
            continue
        reading = read_verb(line.words, trigger, rules)
        if reading is None or reading.reality in ("hypothetical", "negated"):
            continue
        within = _within(line, trigger)
        clause = clause_of(line, trigger, reading, rules, within)
        if _conditional(line, clause, rules):
            continue
        objects = _held(line, trigger, clause, nouns, rules) if trigger.lemma in _light(rules) else []
        if objects:
            made = [_noun_of_verb(layers, line, trigger, reading, clause, noun, rules) for noun in objects]
            held.update(n.at for n in nouns if min(o.at for o in objects) <= n.at < clause.last)
            drafts += [d for d in made if d]
        elif trigger.sort and trigger.at not in used:
            draft = _verb_event(layers, line, trigger, reading, clause, rules)
            if draft:
                used.add(trigger.at)
                held.update(n.at for n in nouns if trigger.at < n.at < clause.last or _leads(n, clause, draft, line))
                drafts.append(draft)
    for noun in nouns:
        if noun.at not in held and not any(noun.at == t.at and t.at in used for t in triggers):
            draft = _noun_event(layers, line, noun, rules)
            if draft:
                drafts.append(draft)
    yield from sorted(drafts, key=lambda d: (d.trigger.start, d.quote.start))


def _is_head(line: Line, noun: Trigger, rules: Grammar) -> bool:
    """Whether an event's noun is one here: not the attribute of another noun (`the ruling party`), nor headed by
    another that tells the sort (`inauguration | ceremonies`)."""
    before = line.words[noun.at - 1].lower if noun.at else ""
    if before in rules.nouns:
        return False
    following = line.words[noun.last] if noun.last < len(line.words) else None
    if following is None or not noun.lemma.endswith("ing"):
        return True
    return not (
        following.capital or following.lower in rules.nouns or (noun.lemma == "ruling" and following.alphabetic)
    )


def _light(rules: Grammar) -> frozenset[str]:
    return frozenset(
        lemma for forms in (rules.light_object, rules.light_subject) for pairs in forms.values() for lemma, _ in pairs
    )


def _within(line: Line, trigger: Trigger) -> Span:
    """What the clause may reach over: the content of what somebody said, or the sentence without its attribution."""
    offset = line.words[trigger.at].start
    attribution = said_by(line, offset)
    if attribution:
        piece = next(s for s in attribution.spans if s.start <= offset < s.end)
        return Span(max(piece.start, line.span.start), min(piece.end, line.span.end))
    return line.span


def _conditional(line: Line, clause: Clause, rules: Grammar) -> bool:
    before = line.words[clause.subject[0] - 1].lower if clause.subject[0] else ""
    own = line.words[clause.first - 1].lower if clause.first else ""
    return before in rules.conditional or own in rules.conditional


def _held(line: Line, trigger: Trigger, clause: Clause, nouns: list[Trigger], rules: Grammar) -> list[Trigger]:
    """The event nouns that a light verb holds: its objects, or its subject (`talks were held`, `the vote begins`)."""
    if any(trigger.lemma == lemma for pairs in rules.light_object.values() for lemma, _ in pairs):
        after = [n for n in nouns if trigger.last <= n.at < clause.last]
        if after and not any(w.lower in PREPOSITIONS for w in line.words[trigger.last : after[0].at]):
            joined = [after[0]]
            for noun in after[1:]:
                between = [w.lower for w in line.words[joined[-1].last : noun.at]]
                if "and" in between and not {"to", "for", "with", "ahead"} & set(between[between.index("and") :]):
                    joined.append(noun)
            return joined
    if any(trigger.lemma == lemma for pairs in rules.light_subject.values() for lemma, _ in pairs):
        first, last = clause.subject
        subject = [n for n in nouns if first <= n.at < last]
        for noun in reversed(subject):
            if not any(w.lower in PREPOSITIONS for w in line.words[max(first, noun.at - 5) : noun.at][-1:]):
                return [noun]
    return []


def _leads(noun: Trigger, clause: Clause, draft: Draft, line: Line) -> bool:
    """Whether a noun only sets the scene of a verb's event, date included: `At the summit in May, the states agreed`."""
    if not clause.lead <= noun.at < clause.first:
        return False
    opening = span_of(line, clause.lead, clause.first)
    return any(t.when == draft.values["when"] for t in times_in(line, opening) if t.when)


def _status(reading: Reading, line: Line, trigger: Trigger, rules: Grammar, time: Time | None, date: str) -> str | None:
    """The status of an event, or None where the words do not settle one."""
    reality: str = reading.reality
    attribution = said_by(line, line.words[trigger.at].start)
    believed = attribution is not None and attribution.cue is not None and _is_belief(line, attribution.cue, rules)
    ahead = time is not None and time.when is not None and _after(time.when, date)
    scheduled = rules.scheduling.get(line.words[trigger.at].lower)
    past = line.words[reading.first].lower in rules.past_be and not ahead
    if scheduled and reading.reality in ("happened", "present") and not past:
        reality = scheduled  # `are nearing`, `is due`: what is near has not come; what `was delayed` is another matter
    if reality == "present":
        if not ahead:
            return None
        reality = "planned"
    if reality == "planned" and believed:
        return "expected"
    if reality == "happened" and ahead:
        return None
    return reality if reality in STATUSES else None


def _is_belief(line: Line, cue: Span, rules: Grammar) -> bool:
    return any(w.lower in rules.belief for w in line.words if cue.start <= w.start < cue.end)


def _after(when: str, date: str) -> bool:
    parsed, anchor = edtf.parse(when), edtf.parse(date)
    return parsed is not None and anchor is not None and not parsed.open_start and parsed.earliest > anchor.latest


def _verb_event(
    layers: Layers, line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar
) -> Draft | None:
    span = span_of(line, clause.lead, clause.last)
    time = _time_of(line, span, line.words[trigger.at].end) or _time_of_saying(line, span, line.words[trigger.at])
    if reading.reduced and _hangs_on_noun(line, trigger, clause):
        return _participle_event(layers, line, trigger, time, rules)
    if _subordinate(line, clause) and time is None:
        return None
    status = _status(reading, line, trigger, rules, time, layers.date)
    if status is None or trigger.sort is None:
        return None
    who = [n.id for n in actors(line, *clause.subject)]
    who += [
        n.id
        for n in names_in(line, trigger.last, trigger.last + 1)
        if n.kind in ("person", "organisation") and n.id not in who
    ]
    detached = clause.subject[1] < clause.first
    start = clause.lead if not detached else clause.first
    needed = max(trigger.last, line.at(time.words.end - 1) + 1 if time and time.words.start > span.start else 0)
    quote = span_of(line, start, fitted(line.words, start, clause.last, min(needed, clause.last)))
    subject = layers.entities[who[0]].name if detached and who else None
    thing = _told_of(line, trigger, reading, clause, rules)
    if thing:
        quote = Span(thing.start, quote.end)
    demanded = _demander(layers, line, reading) if status == "called-for" else ()
    if status == "called-for":
        who, demanded = [w for w in who if w not in demanded], demanded
    return _draft(
        layers,
        line,
        trigger,
        f"event-verb-{reading.reality}",
        quote,
        _turned(layers, line, clause, trigger, thing)
        if thing
        else _set_in(layers, line, clause, clause_text(layers, line, quote, subject)),
        status,
        who,
        time,
        demanded,
        own=(quote, span_of(line, *clause.setting)) if clause.setting[1] else (),
    )


def _told_of(line: Line, trigger: Trigger, reading: Reading, clause: Clause, rules: Grammar) -> Span | None:
    """What a relative clause tells of where that is its object: `a harbour | that the mayor opened last week`."""
    words, relative = line.words, clause.first - 1
    if (
        relative < 1
        or words[relative].lower not in ("that", "which")
        or clause.subject != (clause.first, reading.first)
    ):
        return None
    attribution = said_by(line, words[trigger.at].start)
    if reading.passive or (attribution and attribution.start <= words[clause.first].start <= attribution.start + 5):
        return None  # `said that the mayor opened it`
    following = words[trigger.last] if trigger.last < len(words) else None
    timed = following is not None and any(t.words.start == following.start for t in line.times)
    if following is not None and not timed and following.lower not in PREPOSITIONS and following.alphabetic:
        return None
    start = noun_before(words, relative, rules)
    if not any(w.alphabetic and not is_finite(words, i, rules) for i, w in enumerate(words[start:relative], start)):
        return None
    return Span(words[start].start, words[relative - 1].end)


def _turned(layers: Layers, line: Line, clause: Clause, trigger: Trigger, thing: Span) -> str:
    """The text of a relative clause with what it tells of behind its verb: `The mayor opened a harbour last week.`"""
    verb = clause_text(layers, line, span_of(line, clause.first, trigger.last)).rstrip(".")
    rest = span_of(line, trigger.last, clause.last).of(layers.text) if clause.last > trigger.last else ""
    return sentence(f"{verb} {thing.of(layers.text)} {rest}")


def _set_in(layers: Layers, line: Line, clause: Clause, text: str) -> str:
    """The text of a clause with the phrase in front that its sentence opens with."""
    if not clause.setting[1]:
        return text
    opening = text.split(" ", 1)[0].lower()
    text = text[0].lower() + text[1:] if opening in ARTICLES else text
    return f"{span_of(line, *clause.setting).of(layers.text)}, {text}"


def _demander(layers: Layers, line: Line, reading: Reading) -> tuple[str, ...]:
    """Who wants it: the owner of the instruction, or the subject of `urged`."""
    before = [
        n
        for n in line.names
        if n.end <= line.words[reading.first].start + 1
        and n.kind in ("person", "organisation", "place")
        and n.via != "demonym"
    ]
    nearest = [n for n in before if n.possessive] or before
    return (nearest[-1].id,) if nearest else ()


def _subordinate(line: Line, clause: Clause) -> bool:
    """A clause of time or reason states its event only by the way: it needs a date of its own to count."""
    before = line.words[clause.first - 1].lower if clause.first else ""
    return (
        before in ("since", "after", "before", "when", "while", "until", "as", "where", "that", "because")
        and before != "that"
    )


def _hangs_on_noun(line: Line, trigger: Trigger, clause: Clause) -> bool:
    """Whether a form without auxiliary hangs on the noun before it, as in `the budget approved in 2024`."""
    before = line.words[trigger.at - 1] if trigger.at else None
    following = line.words[trigger.last].lower if trigger.last < len(line.words) else "."
    if (
        before is None
        or before.capital
        or before.lower in ("he", "she", "it", "they", "who", "which", "that", "and", "also", ",", "we", "i")
    ):
        return False
    if before.lower.endswith("ly") or any(n.end == before.end for n in line.names):
        return False
    return following in PREPOSITIONS | {"last", "this"} and _other_verb(line, trigger, clause)


def _other_verb(line: Line, trigger: Trigger, clause: Clause) -> bool:
    """Whether the sentence has a verb to the left in the same stretch, or one that follows at once."""
    finite = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "said", "says", "may"}
    left = line.words[clause.first : trigger.at]
    right = line.words[trigger.last :]
    return any(w.lower in finite or w.lower in PREPOSITIONS | {"than"} for w in left) or any(
        w.lower in finite for w in right[:8]
    )


def _participle_event(layers: Layers, line: Line, trigger: Trigger, time: Time | None, rules: Grammar) -> Draft | None:
    if (
        time is None
        or trigger.sort is None
        or time.start - line.words[trigger.at].end > 25
        or _after(time.when or "", layers.date)
    ):
        return None
    first = _noun_start(line, trigger.at - 1)
    quote = Span(line.words[first].start, time.end)
    return _draft(
        layers, line, trigger, "event-participle", quote, sentence(quote.of(layers.text)), "happened", [], time, ()
    )


def _time_of(line: Line, span: Span, after: int) -> Time | None:
    """The date of a verb: the nearest one after it in its clause, else the nearest before."""
    times = times_in(line, span)
    later = [t for t in times if t.start >= after]
    return later[0] if later else times[-1] if times else None


def _time_of_saying(line: Line, span: Span, verb: Word) -> Time | None:
    """The date of a verb that is itself what attributes: `announced in a statement this month that …`."""
    if not any(a.cue and a.cue.start <= verb.start < a.cue.end for a in line.attributions):
        return None
    return next(iter(times_in(line, span, said=True)), None)


def _noun_start(line: Line, at: int) -> int:
    """Where the noun phrase that ends at word `at` begins."""
    words = line.words
    first = at
    while first > 0:
        word = words[first - 1]
        if word.lower in PREPOSITIONS or not (word.alphabetic or word.text[0].isdigit() or word.lower == "'s"):
            break
        if word.lower in (
            "and",
            "or",
            "that",
            "which",
            "who",
            "as",
            "hold",
            "held",
            "is",
            "was",
            "are",
            "were",
            "will",
            "would",
            "has",
            "have",
            "had",
            "said",
        ):
            break
        first -= 1
        if word.lower in DETERMINERS and word.lower != "'s":
            break
    return first


def _noun_end(line: Line, noun: Trigger, time: Time | None, high: int) -> int:
    """Where the noun phrase ends: with its date, else with its `of` phrase."""
    words = line.words
    if time is not None and time.start > words[noun.at].start:
        return min(high, line.at(time.end - 1) + 1)
    last = noun.last
    while last < high and (
        words[last].lower in ("of", "on", "between", "the", "in", "with")
        or words[last].capital
        or words[last].lower == "'s"
    ):
        last += 1
    while last > noun.last and words[last - 1].lower in PREPOSITIONS | {"the"}:
        last -= 1
    return last


def _own_time(line: Line, noun: Trigger, rules: Grammar, triggers: bool = True) -> Time | None:
    """The date that stands with an event's noun: in its phrase, or in a phrase of time right after it."""
    words = line.words
    first = _noun_start(line, noun.at)
    for time in line.times:
        if not time.when or time in line.said_when:
            continue
        if words[first].start <= time.start < words[noun.at].start:
            return time
        at = line.at(time.words.start)
        between = words[noun.last : at]
        if (
            time.start >= words[noun.at].end
            and len(between) <= ATTACH
            and not any(
                w.lower in rules.auxiliary
                or w.lower in rules.finite
                or w.lower in (",", ";", ":", '"', "which", "who", "that", "and", "ahead", "after", "before")
                or w.lower in rules.nouns
                or w.lower in ("to", "since")
                for w in between
            )
        ):
            return time
    return None


def _noun_of_verb(
    layers: Layers, line: Line, trigger: Trigger, reading: Reading, clause: Clause, noun: Trigger, rules: Grammar
) -> Draft | None:
    """The event that a light verb holds: `is set to hold a summit in mid-March`."""
    after = noun.at > trigger.at
    span = span_of(line, clause.lead, clause.last)
    time = _own_time(line, noun, rules) or _time_of(line, span, line.words[trigger.at].end)
    status = _status(reading, line, trigger, rules, time, layers.date)
    if status is None or noun.sort is None:
        return None
    start, last = min(clause.subject[0], clause.lead), max(clause.last, clause.first + 1)
    holders = actors(line, *clause.subject) if after else []
    end = _noun_end(line, noun, time, clause.last)
    aside = next(
        (i for i in range(noun.last, end) if line.words[i].lower == "," or line.words[i].lower in RELATIVES), end
    )
    of = [n for n in names_in(line, noun.last, aside) if n.kind in ("organisation", "person")]
    who = list(dict.fromkeys(n.id for n in (*holders, *of)))
    if after:
        beside = clause.subject[1] == reading.first
        verb = span_of(line, clause.subject[0] if beside else reading.first, trigger.last)
        phrase = span_of(line, _noun_start(line, noun.at), end)
        joined = Span(verb.start, phrase.end) if noun.at - trigger.at < 8 and phrase.start - verb.end <= 1 else None
        words = (
            clause_text(layers, line, joined)
            if joined
            else sentence(clause_text(layers, line, verb).rstrip(".") + " " + phrase.of(layers.text))
        )
        if not beside and clause.subject[0] < clause.subject[1]:
            words = sentence(f"{span_of(line, *clause.subject).of(layers.text)} {words[0].lower()}{words[1:]}")
    else:
        phrase = span_of(line, _noun_start(line, noun.at), clause.subject[1])
        group = span_of(line, reading.first, clause.last)
        words = sentence(f"{phrase.of(layers.text).rstrip(', ')} {group.of(layers.text)}")
    own = span_of(line, clause.lead, reading.first), phrase
    last = max(noun.last, end, trigger.last) if after else last
    if length(line.words, start, last) > LIMIT:
        start = max(start, reading.first)
    quote = span_of(line, start, last)
    return _draft(layers, line, noun, "event-held", quote, words, status, who, time, (), line.words[trigger.at], own)


def _noun_event(layers: Layers, line: Line, noun: Trigger, rules: Grammar) -> Draft | None:
    """An event that only a noun tells: with its date, or with a word that schedules or demands it."""
    words = line.words
    first = _noun_start(line, noun.at)
    if (noun.at and words[noun.at - 1].lower == "to") or noun.sort is None:
        return None
    time = _own_time(line, noun, rules)
    scheduled = _scheduled(line, noun, rules)
    demanded = _demanded(line, first, rules)
    following = words[noun.last].lower if noun.last < len(words) else "."
    if following.isalpha() and following in rules.nouns and not scheduled:
        return None
    if demanded:
        status: str = "called-for"
    elif scheduled:
        status = scheduled[1]
    elif time is not None and not _vague(time):
        status = "planned" if _after(time.when or "", layers.date) else "happened"
    else:
        return None
    if scheduled and time is None:
        time = next(
            (
                t
                for t in times_in(line, Span(words[scheduled[0]].start, line.span.end))
                if t.start - words[scheduled[0]].end < 40
            ),
            None,
        )
    last = _noun_end(line, noun, time, len(words))
    if scheduled:
        last = max(last, scheduled[0] + 1)
    if demanded:
        first = demanded[0]
    quote = span_of(line, first, last)
    if scheduled and not demanded and scheduled[0] - noun.last <= 1 and time is not None:
        return _scheduled_text(layers, line, noun, line.words[scheduled[0] - 1], quote, status, time)
    who = [
        n.id
        for n in names_in(line, _noun_start(line, noun.at), last)
        if n.kind in ("organisation", "person") and not demanded
    ]
    demanders = tuple(n.id for n in demanded[1]) if demanded else ()
    subject = layers.entities[demanders[0]].name if demanders else None
    rule = "event-noun-demanded" if demanded else "event-noun-scheduled" if scheduled else "event-noun-dated"
    return _draft(
        layers, line, noun, rule, quote, clause_text(layers, line, quote, subject), status, who, time, demanders
    )


def _scheduled_text(
    layers: Layers, line: Line, noun: Trigger, head: Word, quote: Span, status: str, time: Time
) -> Draft:
    """`the ceremonies set for this month` as a sentence: `The ceremonies are set for this month.`"""
    verb = "are" if head.lower.endswith("s") else "is"
    text = sentence(
        f"{Span(quote.start, head.end).of(layers.text)} {verb} {Span(head.end, quote.end).of(layers.text).strip()}"
    )
    return _draft(layers, line, noun, "event-noun-scheduled", quote, text, status, [], time, ())


def _vague(time: Time) -> bool:
    return time.when is None or time.type not in ("DATE", "TIME")


def _scheduled(line: Line, noun: Trigger, rules: Grammar) -> tuple[int, str] | None:
    """The word after an event's noun that says it is to come: `ceremonies set for`, `openings are nearing`."""
    for index in range(noun.last, min(len(line.words), noun.last + 5)):
        word = line.words[index]
        if word.lower in rules.scheduling:
            return index, rules.scheduling[word.lower]
        if word.lower in rules.auxiliary or word.lower in rules.nouns or word.lower in rules.adverbs:
            continue
        if word.lower == "for" or word.lower == "on":
            continue
        return None
    return None


def _demanded(line: Line, first: int, rules: Grammar) -> tuple[int, list[Any]] | None:
    """The verb before an event's noun that wants it, and who does: `demanded a public inquiry`."""
    words = line.words
    verb = first - 1
    if verb < 0:
        return None
    if words[verb].lower == "for" and verb and words[verb - 1].lower in rules.demand_for:
        verb -= 1
        tag = rules.demand_for[words[verb].lower]
    elif words[verb].lower in rules.demand:
        tag = rules.demand[words[verb].lower]
    else:
        return None
    if tag in ("ing",) or line.in_quotation(words[verb].start):
        return None
    before = [
        n
        for n in line.names
        if n.end <= words[verb].start
        and n.kind in ("person", "organisation", "place")
        and not n.possessive
        and n.via != "demonym"
    ]
    outside = [n for n in before if line.words[max(0, line.at(n.start) - 1)].lower not in PREPOSITIONS] or before
    return verb, outside[:1]


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


def _draft(
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
        text=text,
        proof=time.proof if time else "",
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
