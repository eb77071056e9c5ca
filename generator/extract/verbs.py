"""Verbs and event nouns in a sentence, and how the words before a verb tell whether the thing happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.extract.inflect import Tag, third_person, verb_forms
from generator.extract.words import Word
from generator.lexicon import Lexicons

Reality = Literal["happened", "planned", "expected", "called-for", "denied", "present", "hypothetical", "negated"]
"""A fact's status, or one of three that make no fact by themselves."""

DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "every",
        "each",
        "some",
        "any",
        "no",
        "all",
        "both",
        "another",
        "'s",
        "several",
        "many",
        "few",
    ]
)
PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "at",
        "on",
        "by",
        "for",
        "from",
        "to",
        "with",
        "without",
        "as",
        "into",
        "onto",
        "over",
        "under",
        "after",
        "before",
        "since",
        "until",
        "during",
        "between",
        "among",
        "against",
        "about",
        "despite",
        "through",
        "throughout",
        "within",
        "across",
        "around",
        "near",
        "towards",
        "toward",
        "amid",
        "ahead",
        "via",
        "per",
        "than",
        "like",
        "including",
    ]
)
PRONOUN_SUBJECTS = frozenset(
    ["he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "this", "these", "those"]
)


BARE = frozenset(["be", "been", "being", "having", "doing"])
"""Auxiliaries that no clause has for its first verb."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or two, `tokens[at:last]`, that tells of an event of sort `sort` (None for a light verb)."""

    at: int
    last: int
    sort: str | None
    lemma: str
    tags: frozenset[Tag] = frozenset()
    """Empty for a noun."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a verb group reads: `tokens[first:at+1]` from its first auxiliary or governor."""

    first: int
    reality: Reality
    passive: bool = False
    governor: str = ""
    reduced: bool = False
    """A participle that may hang on the noun before it: `the budget approved in 2024`."""


@dataclass(frozen=True)
class Grammar:
    """The lexicons `events`, `verbs` and `modality`, compiled."""

    verbs: dict[str, list[tuple[str, str, str, Tag]]]
    """Form → (sort, lemma, particle, tag)."""
    nouns: dict[str, tuple[str, str]]
    """Form → (sort, lemma)."""
    light_object: dict[str, list[tuple[str, Tag]]]
    light_subject: dict[str, list[tuple[str, Tag]]]
    light_verbs: frozenset[str]
    """The lemmas of both."""
    auxiliary: dict[str, str]
    past_be: frozenset[str]
    adverbs: frozenset[str]
    negation: frozenset[str]
    conditional: frozenset[str]
    governors: dict[str, str]
    noun_governors: dict[str, str]
    demand: dict[str, Tag]
    demand_for: dict[str, Tag]
    compounds: frozenset[str]
    belief: frozenset[str]
    deny: frozenset[str]
    scheduling: dict[str, str]
    plover: dict[str, str]
    plain: dict[str, frozenset[Tag]]
    """Irregular forms of verbs that the lexicon has no sort for and that tell of deeds."""
    no_deeds: frozenset[str]
    """Forms of verbs that tell of none, and words that only look like verbs."""
    watched: frozenset[str]
    """Words at which a search for events stops; the rest are passed over, but for those in -ed."""
    tells: frozenset[str]
    """Every form that may tell of an event: most words are none."""
    verbs_base: frozenset[str]
    """Base forms of every verb that the lexicons know."""
    finite: frozenset[str]
    """Past and third-person forms that no noun shares."""


@lru_cache(maxsize=4)
def grammar(lexicons: Lexicons) -> Grammar:
    """The vocabulary of events, compiled once for all texts."""
    verbs: defaultdict[str, list[tuple[str, str, str, Tag]]] = defaultdict(list)
    nouns: dict[str, tuple[str, str]] = {}
    for sort, entry in lexicons["events"].items():
        for phrase in entry.get("verbs", ()):
            lemma, _, particle = phrase.partition(" ")
            for form, tag in verb_forms(lemma, lexicons):
                verbs[form].append((sort, lemma, particle, tag))
        for noun in entry.get("nouns", ()):
            nouns.setdefault(noun, (sort, noun))
            nouns.setdefault(third_person(noun), (sort, noun))
    table, modality = lexicons["verbs"], lexicons["modality"]

    def forms(lemmas: Sequence[str]) -> dict[str, list[tuple[str, Tag]]]:
        made: defaultdict[str, list[tuple[str, Tag]]] = defaultdict(list)
        for lemma in lemmas:
            for form, tag in verb_forms(lemma, lexicons):
                made[form].append((lemma, tag))
        return dict(made)

    def tags(lemmas: Sequence[str]) -> dict[str, Tag]:
        return {form: tag for lemma in lemmas for form, tag in verb_forms(lemma, lexicons)}

    states = frozenset(form for lemma in table["states"] for form, _ in verb_forms(lemma, lexicons))
    irregular: defaultdict[str, set[Tag]] = defaultdict(set)
    for lemma in table["irregular"]:
        for form, tag in verb_forms(lemma, lexicons):
            if form not in states and tag != "s":
                irregular[form].add(tag)
    scheduling = dict(modality["scheduling"])
    governors = {word: kind for kind, words in modality["verbs"].items() for word in words}
    light_object, light_subject = forms(table["light"]["object"]), forms(table["light"]["subject"])
    tells = frozenset({*verbs, *nouns, *light_object, *light_subject})
    return Grammar(
        verbs=dict(verbs),
        nouns=nouns,
        light_object=light_object,
        light_subject=light_subject,
        light_verbs=frozenset(
            lemma for many in (light_object, light_subject) for pairs in many.values() for lemma, _ in pairs
        ),
        plain={form: frozenset(forms_of) for form, forms_of in irregular.items()},
        no_deeds=states
        | set(scheduling)
        | set(governors)
        | {word for many in table["auxiliary"].values() for word in many},
        tells=tells,
        watched=tells | set(irregular) | {word for kind in LOOKING_AHEAD for word in table["auxiliary"][kind]},
        auxiliary={word: kind for kind, words in table["auxiliary"].items() if kind != "past-be" for word in words},
        past_be=frozenset(table["auxiliary"]["past-be"]),
        adverbs=frozenset(table["adverbs"]),
        negation=frozenset(table["negation"]),
        conditional=frozenset(table["conditional"]) - {"should", "were"},
        governors=governors,
        noun_governors={word: kind for kind, words in modality["nouns"].items() for word in words},
        demand=tags(modality["demand"]),
        demand_for=tags(modality["demand-for"]),
        compounds=frozenset(table["compounds"]),
        belief=frozenset(modality["belief"]),
        deny=frozenset(tags(modality["deny"])),
        scheduling=scheduling,
        verbs_base=frozenset(f for f, entries in verbs.items() if any(e[3] == "base" for e in entries))
        | frozenset(lexicons["verbs"]["irregular"])
        | frozenset(lexicons["verbs"]["base"]),
        finite=frozenset(f for f, entries in verbs.items() if any(e[3] == "past" for e in entries) and f not in nouns)
        | frozenset(
            past for past, _ in table["irregular"].values() if past not in ("set", "cost", "cut", "lay", "found")
        )
        | frozenset(table["finite"]),
        plover={sort: entry["plover"] for sort, entry in lexicons["events"].items() if "plover" in entry},
    )


LOOKING_AHEAD = ("future", "bound")
NO_VERB: frozenset[Tag] = frozenset()
REGULAR: frozenset[Tag] = frozenset({"past", "part"})
BASE: frozenset[Tag] = frozenset({"base"})
DEED = "action"
"""The sort of what somebody did that no sort of the lexicon names."""


def _deed(word: Word, rules: Grammar, *, ahead: bool) -> frozenset[Tag]:
    """The forms that an unknown word may be as a verb of deed: a past in -ed, or what follows `will` (`ahead`); none if
    it is none."""
    lower = word.lower
    if not ahead and not lower.endswith("ed") and lower not in rules.plain:
        return NO_VERB
    if word.capital or not word.alphabetic or lower in rules.no_deeds:
        return NO_VERB
    if lower in rules.plain:
        return rules.plain[lower]
    if lower.endswith("ed") and len(lower) > 4 and "-" not in lower:
        return REGULAR
    return BASE if ahead and not _is_adverb(word, rules) else NO_VERB


def find_triggers(line: Sequence[Word], rules: Grammar) -> Iterator[Trigger]:
    """The event verbs, light verbs and event nouns of a sentence, in order; a word may be more than one."""
    ahead = False
    for at, word in enumerate(line):
        if not ahead and word.lower not in rules.watched and not word.lower.endswith("ed"):
            continue
        after = ahead  # an auxiliary that looks ahead stands before it, but for adverbs
        ahead = rules.auxiliary.get(word.lower) in LOOKING_AHEAD or (ahead and _is_adverb(word, rules))
        if word.lower not in rules.tells:
            if tags := _deed(word, rules, ahead=after):
                yield Trigger(at, at + 1, DEED, word.lower, tags)
            continue
        following = line[at + 1].lower if at + 1 < len(line) else ""
        by_sort: defaultdict[tuple[str, str, str], set[Tag]] = defaultdict(set)
        for sort, lemma, particle, tag in rules.verbs.get(word.lower, ()):
            if not particle or particle == following:
                by_sort[sort, lemma, particle].add(tag)
        # `lift off` is more telling than `lift`, and `found` is sooner the past of `find` than the base of a verb.
        chosen = sorted(by_sort.items(), key=lambda entry: (not entry[0][2], "past" not in entry[1]))[:1]
        for (sort, lemma, particle), forms in chosen:
            yield Trigger(at, at + 1 + bool(particle), sort, lemma, frozenset(forms))
        is_light = word.lower in rules.light_object or word.lower in rules.light_subject
        if not chosen and not is_light and word.lower not in rules.nouns and (tags := _deed(word, rules, ahead=after)):
            yield Trigger(at, at + 1, DEED, word.lower, tags)  # `put` without the particle that tells its sort
        if is_light:
            light = [*rules.light_object.get(word.lower, ()), *rules.light_subject.get(word.lower, ())]
            yield Trigger(at, at + 1, None, light[0][0], frozenset(tag for _, tag in light))
        if word.lower in rules.nouns:
            sort, lemma = rules.nouns[word.lower]
            yield Trigger(at, at + 1, sort, lemma)


def is_finite(words: Sequence[Word], at: int, rules: Grammar) -> bool:
    """Whether a word looks like a finite verb or its first auxiliary."""
    word, before = words[at], words[at - 1] if at else None
    if word.capital and at:
        return False
    if word.lower in rules.auxiliary:
        return word.lower not in BARE
    if before is not None and (before.lower in DETERMINERS or before.lower in PREPOSITIONS) and before.lower != "that":
        return False
    return word.lower in rules.finite or (word.lower.endswith("ed") and len(word.lower) > 4)


def _is_adverb(word: Word, rules: Grammar) -> bool:
    return (
        word.lower in rules.adverbs
        or word.lower in rules.negation
        or (word.lower.endswith("ly") and len(word.lower) > 4)
    )


def read_verb(line: Sequence[Word], trigger: Trigger, rules: Grammar) -> Reading | None:
    """How a verb reads from the words before it; None where it is no verb of a clause (`newly built homes`)."""
    kinds: list[str] = []
    forms: list[str] = []
    negated = False
    first = trigger.at
    back = trigger.at - 1
    while back >= 0:
        word = line[back]
        if word.lower in rules.auxiliary:
            kinds.append(rules.auxiliary[word.lower])
            forms.append(word.lower)
            first = back
        elif _is_adverb(word, rules):
            negated |= word.lower in rules.negation
        else:
            break
        back -= 1
    before = line[back] if back >= 0 else None
    if before and before.lower == "to" and (not kinds or kinds[-1] != "future"):
        governed = _governed(line, back, rules)
        if governed is None or ("base" not in trigger.tags and "be" not in kinds and "have" not in kinds):
            return None
        start, wanted = governed
        if any(w.lower in rules.negation for w in line[start:back]) and not _only_until(line, trigger):
            return None
        return Reading(start, wanted, passive="be" in kinds, governor=line[max(start, back - 1)].lower)
    reality = _finite(line, trigger, kinds, forms, before, rules)
    if reality is None and before is not None and before.lower in ("and", "or", "but") and "base" in trigger.tags:
        reality = _shared(line, back, rules)
    if reality is None:
        return None
    if first == 0 and line[0].lower == "had":  # `Had the office heeded the letter, …`
        return Reading(first, "hypothetical")
    if negated:
        return Reading(first, "planned" if reality == "planned" and _only_until(line, trigger) else "negated")
    passive = "be" in kinds and "part" in trigger.tags and "ing" not in trigger.tags
    reduced = not kinds and "part" in trigger.tags
    return Reading(first, reality, passive, reduced=reduced)


def _shared(line: Sequence[Word], joint: int, rules: Grammar) -> Reality | None:
    """What the auxiliary before a conjunction says of the base form behind it: `will stop in May and | resume in June`."""
    for at in range(joint - 1, max(-1, joint - 16), -1):
        word = line[at].lower
        if word in (";", ":", "which", "who", "that") or word in rules.finite:
            return None
        if rules.auxiliary.get(word) in ("future", "bound"):
            return "planned"
        if word == "to" and at and line[at + 1].lower in rules.verbs_base:
            governed = _governed(line, at, rules)
            return governed[1] if governed else None
        if word in rules.auxiliary:
            return None
    return None


def _only_until(line: Sequence[Word], trigger: Trigger) -> bool:
    """Whether a negation ends at a time: `will not reopen before Thursday` says that it may open then."""
    return any(w.lower in ("before", "until", "till") for w in line[trigger.last : trigger.last + 6])


def _finite(
    line: Sequence[Word], trigger: Trigger, kinds: list[str], forms: list[str], before: Word | None, rules: Grammar
) -> Reality | None:
    """What the auxiliaries of a finite verb say; `kinds` nearest first."""
    tags = trigger.tags
    if not kinds:
        adjectival = before is not None and (before.lower in DETERMINERS or before.lower in PREPOSITIONS)
        if adjectival and before is not None and before.lower != "that":
            return None
        if "past" in tags and (not tags & {"base"} or _object_follows(line, trigger)):
            return "happened"
        if (
            "s" in tags
            and before is not None
            and (before.lower in PRONOUN_SUBJECTS or before.alphabetic or before.lower == ",")
        ):
            return "present"
        plural = before is not None and before.alphabetic and before.lower.endswith("s")
        if plural and "base" in tags and line[trigger.at].lower not in rules.scheduling:
            return "present"  # `the passes reopen in April`
        return None
    outer = kinds[-1]
    if "future" in kinds:
        return "hypothetical" if "have" in kinds and forms[-1] == "would" else "planned"
    if "possible" in kinds:
        return "hypothetical"
    if "bound" in kinds:
        return "planned"
    if "wanted" in kinds:
        return "called-for"
    if outer == "have" and tags & {"part", "ing"}:
        return "happened"
    if outer == "be" and "ing" in tags:
        return "happened"
    if outer == "be" and "part" in tags:
        return "happened" if forms[-1] in rules.past_be else "present"
    if outer == "do" and "base" in tags:
        return "happened" if forms[-1] == "did" else "present"
    return None


def _object_follows(line: Sequence[Word], trigger: Trigger) -> bool:
    """Of a form that past and base share (`hit`, `put`): a subject in capitals or a pronoun stands before it."""
    before = line[trigger.at - 1] if trigger.at else None
    return before is not None and (before.capital or before.lower in PRONOUN_SUBJECTS)


def _governed(line: Sequence[Word], to: int, rules: Grammar) -> tuple[int, Reality] | None:
    """What governs the infinitive after `tokens[to]`: where its group begins, and what it says of the event."""
    back = to - 1
    while back >= 0 and _is_adverb(line[back], rules):
        back -= 1
    if back < 0:
        return None
    word = line[back].lower
    if rules.auxiliary.get(word) in ("be", "have"):
        return back, "planned"
    if word in rules.noun_governors:
        return back, _reality(rules.noun_governors[word])
    for index in range(back, max(-1, back - 8), -1):
        token = line[index]
        if token.lower in (",", ";", ":", '"', "“", "”"):
            return None
        kind = rules.governors.get(token.lower)
        if kind and (
            index == back
            or kind == "called-for"
            or (kind == "planned" and token.lower in ("agreed", "pledged", "vowed", "promised", "decided", "undertook"))
        ):
            start = index
            negated = False
            while start and (line[start - 1].lower in rules.auxiliary or _is_adverb(line[start - 1], rules)):
                start -= 1
                negated |= line[start].lower in rules.negation
            return (start, "negated") if negated else (start, _reality(kind))
        if index < back and token.lower in rules.auxiliary:
            return None
    return None


def _reality(kind: str) -> Reality:
    """The status that a section of lexicon `modality` is named after; KeyError for another name."""
    return REALITIES[kind]


REALITIES: dict[str, Reality] = {
    "planned": "planned",
    "expected": "expected",
    "called-for": "called-for",
    "hypothetical": "hypothetical",
}
