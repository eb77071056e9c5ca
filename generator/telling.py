"""What a fact says, as plain text: its sentence, its words, its citation, under the policy of publication.

Pages, search, downloads and feeds all take the words of articles from here, so that one policy holds everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from generator import edtf, excerpt, phrases
from generator.addresses import address, anchor, placed, source_path
from generator.aggregate import passages
from generator.aggregate.corrections import Turn
from generator.aggregate.watch import judgements
from generator.link import Briefing
from generator.model import LINK_KEYS, NAME_KEYS, Assessment, Entity, Event, Fact, Figure, Quotation, Role, key
from generator.once import once
from generator.statement import Statement, follow, publisher
from generator.store import digest

MONTH = re.compile(r"\b(Jan|Feb|Aug|Sep|Oct|Nov|Dec)[a-z]{3,}\b")
OWN = ("unit", "measure", "hedge", "likelihood", "title", "when_words")
"""Keys, besides quote and text, that may hold words of the source."""
WORDS = ("text", "quote", "words", "when-words")
"""Keys whose values are an article's own words, or may be."""
WITHHELD = "words not published here"
"""What stands for a value that policy keeps back."""
MAY_QUOTE = frozenset([*WORDS, *map(key, OWN)])
"""Keys whose values are told only as far as policy lets them repeat an article."""
NAMED = frozenset(map(key, NAME_KEYS))
LINKED = frozenset(map(key, LINK_KEYS))
ENDING = re.compile(r"""[.!?…]["'”’)]*$""")


def short_date(text: str) -> str:
    """`5 Dec 2025`."""
    return MONTH.sub(r"\1", edtf.human(text))


def may_quote(briefing: Briefing) -> bool:
    """Whether words of articles are published at all."""
    return briefing.settings.publish_source_text != "none"


def told(statement: Statement, briefing: Briefing) -> str:
    """What a fact states, as far as policy lets it repeat its source; the words of a quotation in quotation marks."""
    fact = statement.fact
    if isinstance(fact, Quotation) and may_quote(briefing):
        return f"“{fact.words.strip(' ,')}”"
    text = published(fact.text or fact.quote, statement, briefing)
    return phrases.sentence_case(text.strip()) or described(statement, briefing)


def sentence(statement: Statement, briefing: Briefing) -> str:
    """The same, ending as a sentence does."""
    text = told(statement, briefing)
    return text if ENDING.search(text) or text.endswith("”") else f"{text}."


def quoted(statement: Statement, briefing: Briefing) -> str:
    """The exact words of a fact, as far as they are published; may be empty."""
    if not may_quote(briefing):
        return ""
    if isinstance(statement.fact, Quotation):
        return statement.fact.quote
    return published(statement.fact.quote, statement, briefing)


def published(text: str, statement: Statement, briefing: Briefing) -> str:
    """Words that belong to a fact, cut where they repeat more of its source than policy allows."""
    source, policy = statement.source.id, briefing.settings.publish_source_text

    def known() -> str:
        seed = briefing.seeds.get(source)
        return passages.unspoken(source, briefing) if policy == "excerpts" or not seed else seed.text

    return excerpt.statement(text, known, policy)


def own(statement: Statement, briefing: Briefing) -> Fact:
    """The fact, the words of its source that stand in its keys cut as policy has it."""
    held = {name: getattr(statement.fact, name, None) for name in OWN}
    words: dict[str, Any] = {name: published(value, statement, briefing) for name, value in held.items() if value}
    return replace(statement.fact, **words)


@once
def public(briefing: Briefing) -> Briefing:
    """The briefing as pages are made of it, its editions too: no key of a fact holds more of its source than policy allows."""
    before = public(briefing.before) if briefing.before else None
    stage, policy = briefing.store.stage("public"), briefing.settings.publish_source_text
    kept = {id_: (key, value) for id_, key, value in stage.values()}
    keys = {id_: digest(policy, found) for id_, found in briefing.digests.items() if id_ in briefing.sources}
    whole = {id_ for id_, key in keys.items() if kept.get(id_) == (key, WHOLE)}
    # Nearly all: nothing of them is to be cut.
    cut = {
        s.fact.id: fact
        for s in briefing.statements
        if s.source.id not in whole and (fact := own(s, briefing)) != s.fact
    }
    shortened = {s.source.id for s in briefing.statements if s.fact.id in cut} if cut else set()
    stage.put((id_, key, b"" if id_ in shortened else WHOLE) for id_, key in keys.items() if id_ not in whole)
    stage.drop(kept.keys() - keys.keys())
    if not cut and before is briefing.before:
        return briefing
    told = (replace(s, fact=cut[s.fact.id]) if s.fact.id in cut else s for s in briefing.statements)
    return replace(briefing, statements=tuple(told), before=before, trimmed=bool(cut))


WHOLE = b"whole"


def qualified(statement: Statement, briefing: Briefing) -> str:
    """The sentence where nothing stands beside it: an event that has not happened begins with its status and the hedge of its source.

    `Expected (“assume”): The council will meet in June.` A denial without its status would say the opposite.
    """
    fact, said = statement.fact, sentence(statement, briefing)
    if not isinstance(fact, Event) or fact.status == "happened":
        return said
    likely = "".join(f" (“{word}”)" for word in likelihood(judgements(statement, briefing), briefing)[:1])
    return f"{phrases.sentence_case(phrases.label('status', fact.status, briefing.lexicons))}{likely}: {said}"


def turned(turn: Turn, statement: Statement, briefing: Briefing, was: tuple[Statement, Briefing] | None = None) -> str:
    """What a person did with a key: `when: June 2031 → 24 June 2031`, `note added: …`, `who removed: …`.

    `was` is the statement and the briefing that the first of the two values belongs to, where they are others.
    """
    name = turn.key.replace("-", " ")
    read = value(turn.key, turn.read, *(was or (statement, briefing)))
    stands = value(turn.key, turn.stands, statement, briefing)
    if turn.read is None:
        return f"{name} added: {stands}"
    return f"{name} removed: {read}" if turn.stands is None else f"{name}: {read} → {stands}"


def value(name: str, given: object, statement: Statement, briefing: Briefing) -> str:
    """The value of a fact's key for readers, whoever wrote it: names for ids, words as far as they are published."""
    if isinstance(given, list | tuple):
        return ", ".join(value(name, item, statement, briefing) for item in given)
    if isinstance(given, int | float):
        return phrases.number(given)
    text, lexicons = str(given), briefing.lexicons
    if name in WORDS:
        hidden = name != "text" and not may_quote(briefing)
        text = "" if hidden else text if name == "words" else published(text, statement, briefing)
        return f"“{text}”" if text else WITHHELD
    if name in NAMED:
        entity = follow(text, briefing.registry)
        return entity.name if entity else text
    if name in LINKED:
        return text
    if name in OWN:
        return published(text, statement, briefing) or WITHHELD
    return edtf.human(text) if name == "when" else phrases.label(name, text, lexicons)


def likelihood(judgements: Iterable[Statement], briefing: Briefing) -> list[str]:
    """How likely some assessments call a thing, in their sources' own words: the likelihood stated, else the hedge."""
    facts = (own(s, briefing) for s in judgements)
    words = ((fact.likelihood or fact.hedge) if isinstance(fact, Assessment) else "" for fact in facts)
    return [word for word in dict.fromkeys(words) if word]


def described(statement: Statement, briefing: Briefing) -> str:
    """A fact in words of our own, from its keys alone."""
    fact = own(statement, briefing)
    lexicons = briefing.lexicons
    subject = ", ".join(e.name for e in statement.who) or ", ".join(e.name for e in statement.about)
    place = ", ".join(e.name for e in statement.where)
    if isinstance(fact, Figure):
        head = f"{phrases.figure(fact, lexicons)} ({phrases.label('role', fact.role, lexicons)})"
    elif isinstance(fact, Event):
        head = f"{phrases.label('what', fact.what, lexicons)} ({phrases.label('status', fact.status, lexicons)})"
    elif isinstance(fact, Role):
        head = ", ".join(filter(None, (fact.title, statement.org.name if statement.org else ""))) or "Role"
    elif isinstance(fact, Assessment):
        head = f"Judgement, hedged “{fact.hedge}”" if fact.hedge else "Judgement"
        subject = ", ".join(e.name for e in statement.by) or subject
    else:
        head, subject = "Words", statement.speaker.name if statement.speaker else subject
    return phrases.sentence_case(head) + (f": {subject}" if subject else "") + (f"; {place}" if place else "")


def citation(statement: Statement) -> str:
    """Who is said to have said it, through whom, who published it, and when: `Minister via Agency via Newspaper, 5 Dec 2025`."""
    names = [phrases.short(entity) for entity in statement.chain]
    label = " via ".join(dict.fromkeys(names)) or "Source"
    return f"{label}, {short_date(statement.source.date)}"


def chain(statement: Statement) -> str:
    """Who vouches for it, from who said it to who published it: `Minister → Agency → Newspaper`."""
    return " → ".join(entity.name for entity in statement.chain) or "publisher not stated"


def missing(statement: Statement, briefing: Briefing) -> str:
    """Why a fact has no words to lead to; empty where it has some."""
    if statement.span:
        return ""
    if statement.source.id in briefing.seeds:
        return "the article does not hold these words"
    return "the article is not at hand"


def outlet(source_id: str, briefing: Briefing) -> Entity | None:
    """Who brought a source out."""
    return publisher(briefing.sources[source_id], briefing.seeds.get(source_id), briefing.registry)


def publisher_name(source_id: str, briefing: Briefing) -> str:
    """Who brought a source out, in words."""
    entity = outlet(source_id, briefing)
    return entity.name if entity else "Publisher not stated"


def source_title(source_id: str, briefing: Briefing) -> str:
    """The title of a source, or its first words, or who brought it out and when."""
    source, seed = briefing.sources[source_id], briefing.seeds.get(source_id)
    if source.title:
        return source.title
    if seed and may_quote(briefing):
        words = seed.text[:400].split()
        return " ".join(words[:10]).rstrip(",;:") + (" …" if len(words) > 10 else "")
    return f"{publisher_name(source_id, briefing)}, {edtf.human(source.date)}"


def permalink(statement: Statement, briefing: Briefing) -> str:
    """The address of a fact: whole where `site_url` is set, else relative to the site's root."""
    path = placed(source_path(statement.source.id), briefing.edition)
    return address(path, briefing.settings, anchor(statement.fact.id))


def formatted_citation(statement: Statement, briefing: Briefing, day: str = "") -> str:
    """A fact as a reference in running text: who said so through whom, the article, and this briefing as of a day, its own unless given.

    `Minister → Agency, in: “Clinics open”, Newspaper, 2 May 2031. In: Clinics Briefing, as of 20 May 2031. https://…`
    """
    said = " → ".join(entity.name for entity in statement.voices)
    article = f"{source_reference(statement.source.id, briefing)}."
    link = permalink(statement, briefing)
    where = link if link.startswith("http") else f"Fact {statement.fact.id}."
    return " ".join([*([f"{said}, in:"] if said else []), article, f"In: {briefing_reference(briefing, day)}.", where])


def source_reference(source_id: str, briefing: Briefing) -> str:
    """A source as a reference: author and title where known, publisher, date."""
    source = briefing.sources[source_id]
    named = source.title or (source_id in briefing.seeds and may_quote(briefing))
    title = f"“{source_title(source_id, briefing)}”" if named else ""
    parts = (source.author, title, publisher_name(source_id, briefing), edtf.human(source.date))
    return ", ".join(" ".join(part.split()) for part in parts if part)


def briefing_reference(briefing: Briefing, day: str = "") -> str:
    """This briefing as a reference: its title and the day it speaks of, or `day`."""
    title = " ".join(briefing.settings.title.split())
    return f"{title}, as of {edtf.human(day or briefing.as_of)}" if briefing.sources else title
