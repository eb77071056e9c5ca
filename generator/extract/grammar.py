"""Closed classes of words, and the lexicons `events`, `verbs` and `modality` compiled: what all rules about verbs share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.inflect import Tag, third_person, verb_forms
from generator.extract.memo import Memo
from generator.extract.words import Word
from generator.lexicon import Lexicons

DETERMINERS = frozenset(
    (
        "the a an this that these those his her its their our my your every each some any no all both another "
        "'s several many few"
    ).split()
)
PREPOSITIONS = frozenset(
    (
        "of in at on by for from to with without as into onto over under after before since until during "
        "between among against about despite through throughout within across around near towards toward amid "
        "ahead via per than like including below above behind beyond beneath beside inside outside upon"
    ).split()
)
PRONOUN_SUBJECTS = frozenset("he she it they we i you who which that this these those".split())


@dataclass(frozen=True)
class Grammar:
    """The lexicons `events`, `verbs` and `modality`, compiled."""

    verbs: dict[str, list[tuple[str, str, str, Tag]]]
    """Form → (sort, lemma, particle, tag)."""
    nouns: dict[str, tuple[str, str]]
    """Form → (sort, lemma)."""
    light_object: dict[str, list[tuple[str, Tag]]]
    light_subject: dict[str, list[tuple[str, Tag]]]
    hold_objects: frozenset[str]
    hold_subjects: frozenset[str]
    light_verbs: frozenset[str]
    """The lemmas of both, and of those that only announce what their object names."""
    announcing: frozenset[str]
    """Verbs whose object is to come on the day that stands with it."""
    announcing_only: frozenset[str]
    """Those of them that tell of their object in no other way."""
    moving: dict[tuple[str, str], frozenset[Tag]]
    """Forms, with their particle or none, of verbs that give a thing another day: `moved to May 3`."""
    granting: frozenset[str]
    """Forms of verbs that give somebody time: `gave the firm until May 3 to answer`."""
    bound_for: frozenset[tuple[str, str]]
    """What stands between `is` and `to` besides one word: `on track`."""
    remaining: frozenset[str]
    """What stands for `is` before a word of scheduling: `remains set for May`."""
    reached: dict[str, dict[str, str]]
    """By its first and its second word, or none: the sort of what a thing is once it has come about, `over`, `in place`."""
    looming: frozenset[str]
    """Base forms of verbs that tell of what is to come where a day of it stands with them: `will get`, `would fall`."""
    changes: frozenset[str]
    """Those of them that change a figure."""
    without_object: dict[str, str]
    """By lemma, the sort of what a verb tells where it has no object: `will strike on Monday`."""
    auxiliary: dict[str, str]
    past_be: frozenset[str]
    adverbs: frozenset[str]
    no_adverbs: frozenset[str]
    """Words in -ly that are none."""
    nobody: frozenset[str]
    """What opens a subject that did not do it."""
    barely: frozenset[str]
    unless_before: dict[str, frozenset[str]]
    """Words shortly behind a verb with which it means something else."""
    doubt: frozenset[str]
    unproven: frozenset[str]
    """Nouns before a that-clause for which nobody vouches."""
    alleged: frozenset[str]
    negation: frozenset[str]
    conditional: frozenset[str]
    governors: dict[str, str]
    noun_governors: dict[str, str]
    demand: dict[str, Tag]
    demand_for: dict[str, Tag]
    voicing: frozenset[str]
    """Verbs whose subject is who demands what their object names."""
    compounds: frozenset[str]
    belief: frozenset[str]
    deny: frozenset[str]
    unmet: frozenset[str]
    scheduling: dict[str, str]
    plover: dict[str, str]
    dated: dict[str, frozenset[Tag]]
    """Forms of verbs that tell of a deed where a date stands with them."""
    plain: dict[str, frozenset[Tag]]
    """Irregular forms of verbs that the lexicon has no sort for and that tell of deeds."""
    stative: frozenset[str]
    """Base forms of verbs that tell of none in the future either."""
    no_deeds: frozenset[str]
    """Forms of verbs that tell of none, and words that only look like verbs."""
    opening: frozenset[str]
    """Words behind which what is to come may be told: `will`, and `to`."""
    watched: Mapping[str, bool]
    """Whether a search for events stops at a word, of every word there is; it passes over most."""
    tells: frozenset[str]
    """Every form that may tell of an event: most words are none."""
    verbs_base: frozenset[str]
    """Base forms of every verb that the lexicons know."""
    verbs_known: frozenset[str]
    """Base forms of verbs that tell of no deed by themselves."""
    pasts: frozenset[str]
    """Past forms that are no participles: `went`."""
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
    dated: defaultdict[str, set[Tag]] = defaultdict(set)
    for lemma in table["dated"]:
        for form, tag in verb_forms(lemma, lexicons):
            dated[form].add(tag)
    scheduling = dict(modality["scheduling"])
    governors = {word: kind for kind, words in modality["verbs"].items() for word in words}
    announcing_only = frozenset(table["light"]["ahead"])
    light_object = forms([*table["light"]["object"], *table["light"]["ahead"]])
    light_subject = forms(table["light"]["subject"])
    moving: defaultdict[tuple[str, str], set[Tag]] = defaultdict(set)
    for phrase in modality["moving"]:
        lemma, _, particle = phrase.partition(" ")
        for form, tag in verb_forms(lemma, lexicons):
            moving[form, particle].add(tag)
    reached: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for sort, entry in lexicons["events"].items():
        for phrase in entry.get("states", ()):
            state, _, second = phrase.partition(" ")
            reached[state][second] = sort
    opening = frozenset({"to"} | {word for kind in LOOKING_AHEAD for word in table["auxiliary"][kind]})
    tells = frozenset({*verbs, *nouns, *light_object, *light_subject})
    watched = tells | set(irregular) | set(dated) | opening | set(reached) | {form for form, _ in moving}
    return Grammar(
        verbs=dict(verbs),
        nouns=nouns,
        light_object=light_object,
        light_subject=light_subject,
        hold_objects=frozenset(table["light"]["object"]) | announcing_only,
        hold_subjects=frozenset(table["light"]["subject"]),
        light_verbs=frozenset({*table["light"]["object"], *table["light"]["subject"]}) | announcing_only,
        announcing=frozenset(modality["announcing"]) | announcing_only,
        announcing_only=announcing_only,
        moving={key: frozenset(forms_of) for key, forms_of in moving.items()},
        granting=frozenset(tags(modality["granting"])),
        bound_for=frozenset(
            (one, other) for one, _, other in (phrase.partition(" ") for phrase in modality["bound-for"])
        ),
        remaining=frozenset(table["remaining"]),
        reached=dict(reached),
        looming=frozenset([*table["ahead"], *table["changes"]]),
        changes=frozenset(table["changes"]),
        without_object=dict(table["without-object"]),
        dated={form: frozenset(forms_of) for form, forms_of in dated.items()},
        plain={form: frozenset(forms_of) for form, forms_of in irregular.items()},
        stative=frozenset(table["stative"]) - frozenset(table["dated"]),
        no_deeds=states
        | set(scheduling)
        | set(governors)
        | {word for many in table["auxiliary"].values() for word in many},
        tells=tells,
        opening=opening,
        watched=Memo(lambda word: word in watched or word.endswith("ed")),
        auxiliary={word: kind for kind, words in table["auxiliary"].items() if kind != "past-be" for word in words},
        past_be=frozenset(table["auxiliary"]["past-be"]),
        adverbs=frozenset(table["adverbs"]),
        no_adverbs=frozenset(table["no-adverbs"]),
        nobody=frozenset(table["nobody"]),
        barely=frozenset(table["barely"]),
        unless_before={word: frozenset(many) for word, many in table["unless-before"].items()},
        doubt=frozenset(tags(modality["doubt"])),
        unproven=frozenset(modality["unproven"]),
        alleged=frozenset(modality["alleged"]),
        negation=frozenset(table["negation"]),
        conditional=frozenset(table["conditional"]) - {"should", "were"},
        governors=governors,
        noun_governors={word: kind for kind, words in modality["nouns"].items() for word in words},
        demand=tags(modality["demand"]),
        demand_for=tags(modality["demand-for"]),
        voicing=frozenset(tags(modality["voicing"])),
        compounds=frozenset(table["compounds"]),
        belief=frozenset(modality["belief"]),
        deny=frozenset(tags(modality["deny"])),
        unmet=frozenset(modality["unmet"]),
        scheduling=scheduling,
        verbs_base=frozenset(f for f, entries in verbs.items() if any(e[3] == "base" for e in entries))
        | frozenset(lexicons["verbs"]["irregular"])
        | frozenset(lexicons["verbs"]["base"]),
        verbs_known=frozenset(table["states"]),
        pasts=frozenset(past for past, part in table["irregular"].values() if past != part),
        finite=frozenset(f for f, entries in verbs.items() if any(e[3] == "past" for e in entries) and f not in nouns)
        | frozenset(
            past for past, _ in table["irregular"].values() if past not in ("set", "cost", "cut", "lay", "found")
        )
        | frozenset(table["finite"]),
        plover={sort: entry["plover"] for sort, entry in lexicons["events"].items() if "plover" in entry},
    )


LOOKING_AHEAD = ("future", "bound")


def is_adverb(word: Word, rules: Grammar) -> bool:
    return (
        word.lower in rules.adverbs
        or word.lower in rules.negation
        or (word.lower.endswith("ly") and len(word.lower) > 4 and word.lower not in rules.no_adverbs)
    )


HARD = frozenset({";", ":", "(", ")", "--", "—", "–", '"', "“", "”"})
HARD_OR_COMMA = HARD | {","}
SUBORDINATORS = frozenset(
    (
        "that which who whom whose while when after before because although though if unless until whereas "
        "where whether since as"
    ).split()
)
RELATIVES = frozenset("which who whom that".split())
JOINTS = frozenset("and but or yet".split())
PREPOSITIONS_OR_COMMA = PREPOSITIONS | {","}
ARTICLES = frozenset("the a an his her its their our".split())
