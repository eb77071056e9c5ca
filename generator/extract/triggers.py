"""The words of a sentence that may tell of an event: verbs and nouns of the lexicon, light verbs, and other verbs of deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.extract.grammar import PREPOSITIONS, Grammar, is_adverb
from generator.extract.inflect import Tag
from generator.extract.words import Word


class Trigger(Struct, frozen=True, gc=False):
    """A word or two, `tokens[at:last]`, that tells of an event of sort `sort` (None for a light verb)."""

    at: int
    last: int
    sort: str | None
    lemma: str
    tags: frozenset[Tag] = frozenset()
    """Empty for a noun."""
    dated: bool = False
    """Whether it tells of an event only together with a date."""


NO_VERB: frozenset[Tag] = frozenset()
REGULAR: frozenset[Tag] = frozenset({"past", "part"})
PARTICIPLE: frozenset[Tag] = frozenset({"part"})
BEFORE_DATE = frozenset("in on by at for this next late early within before later tomorrow from until".split())
BASE: frozenset[Tag] = frozenset({"base"})
SENSE = 6
"""Words behind a verb that may give it another sense."""
EXPECTED = 8
"""Words from `expects` to the `to` of what is expected."""
MOVED = "postponement"
"""The sort of what gives a thing another day."""
DEED = "action"
"""The sort of what somebody did that no sort of the lexicon names."""


def _deed(word: Word, rules: Grammar, *, ahead: bool) -> frozenset[Tag]:
    """The forms that an unknown word may be as a verb of deed: a past in -ed, or what follows `will` (`ahead`); none if
    it is none."""
    lower = word.lower
    if not ahead and not lower.endswith("ed") and lower not in rules.plain:
        return NO_VERB
    if ahead and lower in rules.verbs_known and lower not in rules.stative and not word.capital:
        return BASE
    if word.capital or not word.alphabetic or lower in rules.no_deeds:
        return NO_VERB
    if lower in rules.plain:
        return rules.plain[lower]
    if lower.endswith("ed") and len(lower) > 4 and "-" not in lower:
        return REGULAR
    return BASE if ahead and not is_adverb(word, rules) else NO_VERB


def find_triggers(line: Sequence[Word], rules: Grammar) -> Iterator[Trigger]:
    """The event verbs, light verbs and event nouns of a sentence, in order; a word may be more than one."""
    ahead, watched = False, rules.watched
    for at, word in enumerate(line):
        lower = word.lower
        if not ahead and not watched[lower]:
            continue
        if lower in rules.opening:
            ahead = lower != "to" or (at > 0 and _looks_ahead(line, at, rules))
            continue
        after = ahead  # an auxiliary that looks ahead stands before it, but for adverbs
        ahead = ahead and is_adverb(word, rules)
        following = line[at + 1].lower if at + 1 < len(line) else ""
        if word.capital and at and line[at - 1].capital and lower not in rules.nouns:
            continue  # `Secretary Jo Yong Won`
        if (state := _reached(line, at, rules)) is not None:
            last, sort = state
            yield Trigger(at, last, sort, lower, PARTICIPLE, dated=True)
            continue
        if after and lower in rules.looming and not any(not v[2] for v in rules.verbs.get(lower, ())):
            yield Trigger(at, at + 1, DEED, lower, BASE, dated=True)
            continue
        if (moving := rules.moving.get((lower, ""))) and lower not in rules.tells:
            yield Trigger(at, at + 1, MOVED, lower, moving, dated=True)  # `slipped to May`
            continue
        other = rules.unless_before.get(lower)
        if other and any(w.lower in other for w in line[at + 1 : at + SENSE]):
            continue  # `closed 6 percent lower`
        dated = NO_VERB if word.capital or following == "to" else rules.dated.get(lower, NO_VERB)
        if (
            lower in rules.scheduling
            and lower not in rules.verbs
            and following in BEFORE_DATE
            and at
            and rules.auxiliary.get(line[at - 1].lower) == "be"
        ):
            yield Trigger(at, at + 1, DEED, lower, PARTICIPLE, dated=True)  # `results are expected in May`
            continue
        if lower not in rules.tells:
            if tags := dated or _deed(word, rules, ahead=after):
                yield Trigger(at, at + 1, DEED, lower, tags, dated=bool(dated) and not after)
            continue
        by_sort: defaultdict[tuple[str, str, str], set[Tag]] = defaultdict(set)
        for sort, lemma, particle, tag in rules.verbs.get(lower, ()):
            if not particle or particle == following:
                by_sort[sort, lemma, particle].add(tag)
        # `lift off` is more telling than `lift`, and `found` is sooner the past of `find` than the base of a verb.
        chosen = sorted(by_sort.items(), key=lambda entry: (not entry[0][2], "past" not in entry[1]))[:1]
        for (sort, lemma, particle), forms in chosen:
            if after and not particle and (following in PREPOSITIONS or not following[:1].isalpha()):
                sort = rules.without_object.get(lemma, sort)
            yield Trigger(at, at + 1 + bool(particle), sort, lemma, frozenset(forms))
        particled = any(particle for (_, _, particle), _ in chosen)  # `called off` announces nothing
        is_light = not particled and (lower in rules.light_object or lower in rules.light_subject)
        if not chosen and not is_light and lower not in rules.nouns and (tags := _deed(word, rules, ahead=after)):
            yield Trigger(at, at + 1, DEED, lower, tags)  # `lift` without the particle that tells its sort
        if is_light:
            light = [*rules.light_object.get(lower, ()), *rules.light_subject.get(lower, ())]
            yield Trigger(at, at + 1, None, light[0][0], frozenset(tag for _, tag in light))
        if lower in rules.nouns:
            sort, lemma = rules.nouns[lower]
            yield Trigger(at, at + 1, sort, lemma)
        elif dated and not chosen:
            yield Trigger(at, at + 1, DEED, lower, dated, dated=not after)


def _looks_ahead(line: Sequence[Word], to: int, rules: Grammar) -> bool:
    """Whether a `to` opens what is to come: `is to`, `is due to`, `agreed to`, `expects prices to`."""
    before = line[to - 1].lower
    if rules.auxiliary.get(before) == "be" or before in rules.governors:
        return True
    for word in reversed(line[max(0, to - EXPECTED) : to - 1]):
        if not word.alphabetic or word.lower in rules.auxiliary or word.lower in PREPOSITIONS:
            return False
        if rules.governors.get(word.lower) == "expected":
            return True
    return False


def _reached(line: Sequence[Word], at: int, rules: Grammar) -> tuple[int, str] | None:
    """What a thing is once it has come about, behind a form of `be`: where its words end, and its sort."""
    phrases = rules.reached.get(line[at].lower)
    if not phrases:
        return None
    back = at - 1
    while back > 0 and is_adverb(line[back], rules):
        back -= 1
    if back < 0 or rules.auxiliary.get(line[back].lower) != "be":
        return None
    following = line[at + 1].lower if at + 1 < len(line) else ""
    if following and following in phrases:  # an empty phrase goes on with nothing
        return at + 2, phrases[following]
    return (at + 1, phrases[""]) if "" in phrases and not (line[at + 1 : at + 2] and line[at + 1].capital) else None
