"""What a briefing gets wrong although every file of it can be read: a list of small checks.

Unknown keys, values and names are reported where they are read (`validate`, `registry`, `link`); here
stands what only shows once everything is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.msgpack import Decoder

from generator import edtf
from generator.aggregate.topics import selects
from generator.base import Conflict
from generator.check_links import LINK_CHECKS, rank_explained
from generator.check_names import NAME_CHECKS, places_are_places
from generator.check_outcomes import OUTCOME_CHECKS
from generator.check_quotes import QUOTE_CHECKS
from generator.check_saying import SAYING_CHECKS, lead_apart
from generator.editions import check_editions
from generator.link import Briefing
from generator.mend import given
from generator.model import MOST_FACTS, Event, Mark
from generator.problems import Problem, did_you_mean, problem, slip
from generator.statement import Statement
from generator.store import digest, packed
from generator.topics import TOPICS

OWN_EVENTS = "site_src/lexicons/events.yml"
Check = Callable[[Briefing], Iterator[Problem]]


def seed_unchanged(briefing: Briefing) -> Iterator[Problem]:
    """A source without its seed cannot be checked, and one whose text was changed must be checked anew."""
    for id_, source in briefing.sources.items():
        seed = briefing.seeds.get(id_)
        if seed is None and briefing.files[id_].broken:
            continue  # the file that would name it is what is wrong
        if seed is None:
            yield problem(
                briefing.mark_of(id_, "source", "seed"),
                f"seeds/{source.seed} is gone or cannot be read; its facts stay as they are",
                valid="put the article back; if it has another name now, write that here; delete this file if the source is to go",
                severity="warning",
                check="seed",
            )
        elif seed.sha256 != source.sha256:
            yield problem(
                briefing.mark_of(id_, "source", "sha256"),
                f"the text of seeds/{seed.path} is not the one these facts were read from",
                valid="look at the facts of this source again",
                severity="warning",
                check="seed",
            )


def seed_once(briefing: Briefing) -> Iterator[Problem]:
    """Two fact files of one article tell everything twice, and what was corrected in one stands uncorrected in the other."""
    first: dict[str, str] = {}
    for id_, source in briefing.sources.items():
        other = first.setdefault(source.seed, id_) if source.seed else id_
        if other != id_:
            yield problem(
                briefing.mark_of(id_, "source", "seed"),
                f"seeds/{source.seed} has the fact file {briefing.files[other].path} already",
                valid="keep the one with your corrections, and delete the other and the file of its name in .base/",
                check="seed-once",
            )


def fact_once(briefing: Briefing) -> Iterator[Problem]:
    """A permalink leads to one fact: an id in two files would make it lead anywhere."""
    first: dict[str, Statement] = {}
    for statement in briefing.statements:
        other = first.setdefault(statement.fact.id, statement)
        if other is not statement:
            yield problem(
                briefing.mark(statement, "id"),
                f"{statement.fact.id} stands in {other.place.path}:{other.place.line} too",
                valid="give the copy an id of its own",
                check="fact-once",
            )


def read_to_its_end(briefing: Briefing) -> Iterator[Problem]:
    """Of an article with more facts than anybody can edit, the first are read; what follows is missing from the site."""
    for id_, statements in briefing.by_source.items():
        if len(statements) >= MOST_FACTS and (seed := briefing.seeds.get(id_)):
            yield problem(
                Mark(f"seeds/{seed.path}"),
                f"{MOST_FACTS:,} facts, and no more are read of one article",
                valid="cut it into articles",
                severity="warning",
                check="read-to-its-end",
            )


def happened_by_now(briefing: Briefing) -> Iterator[Problem]:
    """No article tells of the future as past: what it says has happened after its own day has a wrong date or status."""
    now = edtf.parse(briefing.as_of)
    for statement in briefing.current:
        fact, when, told = statement.fact, statement.when, edtf.parse(statement.source.date)
        if not isinstance(fact, Event) or fact.status != "happened" or not when or when.open_start:
            continue
        late = [
            f"{name} ({day.text})"
            for name, day in (("its source", told), ("the day of this briefing", now))
            if day and when.earliest > day.latest
        ]
        if late:
            yield problem(
                briefing.mark(statement, "when"),
                f"{fact.id} happened on {fact.when}, after {late[0]}",
                valid="mend the date, or the status if it has yet to happen",
                example="status: planned",
                severity="warning",
                check="happened-by-now",
            )


def known_sort(briefing: Briefing) -> Iterator[Problem]:
    """A sort of event that the lexicon does not know is on no list of that sort, and rarely what was meant."""
    sorts = tuple(briefing.lexicons["events"])
    for statement in briefing.by_kind.get("event", ()):
        fact = statement.fact
        if not isinstance(fact, Event) or fact.what in sorts:
            continue
        near, meant = did_you_mean(fact.what, sorts), slip(fact.what, sorts)
        yield problem(
            briefing.mark(statement, "what"),
            f"'{fact.what}' is no sort of event that the lexicon knows",
            valid=near or f"add it to {OWN_EVENTS}, or name one that is there",
            example="" if near else f"{fact.what}: {{nouns: [{fact.what}]}}",
            severity="warning",
            check="what",
            fix=given(briefing.files[statement.source.id], fact.id, "what", meant) if meant else (),
        )


def conflict_settled(briefing: Briefing) -> Iterator[Problem]:
    """Where a person and the machine disagree the person's value stands, but somebody should look."""
    for conflict in briefing.conflicts:
        if conflict.source not in briefing.files:
            continue
        name = [conflict.subject, conflict.key] if conflict.key else [conflict.subject]
        told = f"{conflict.key}: here {_shown(conflict.ours)}, read anew {_shown(conflict.theirs)} ({conflict.rule})"
        if conflict.rule == "no-longer-extracted":
            told = f"the article is read to state {conflict.fact} no longer: {_shown(conflict.ours)}"
        elif not conflict.key:
            told = f"a change could not be made here: {conflict.fact} was to be {conflict.theirs or 'removed'}"
        yield problem(
            briefing.mark_of(conflict.source, conflict.fact, conflict.key),
            told,
            valid="make the change yourself" if conflict.rule == "withheld" else STANDS.get(conflict.rule, STANDS[""]),
            example="" if conflict.rule == "withheld" else " ".join(["briefing settle", *name, _advised(conflict)]),
            severity="warning",
            check="conflict",
        )


STANDS = {
    "no-longer-extracted": "it stays until you settle it: --take lets it go, --keep makes it yours",
    "": "yours stands; settle it once",
}


def _advised(conflict: Conflict) -> str:
    """Where the article has other words now, a quote that is kept would lead to none."""
    return "--take" if conflict.key == "quote" or not conflict.key else "--keep"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return f"[{', '.join(value)}]" if isinstance(value, tuple) else f"'{value}'"


def selector_finds(briefing: Briefing) -> Iterator[Problem]:
    """A topic whose selector names what nobody knows, or finds nothing, is an empty page that nobody asked for."""
    for topic in briefing.topics:
        known = True
        for name in ("who", "where", "about", "source"):
            for id_ in getattr(topic.facts, name):
                own = briefing.sources if name == "source" else briefing.registry
                if id_ not in own and not (name == "about" and any(t.id == id_ for t in briefing.topics)):
                    known = False
                    yield problem(
                        topic.marks.get(name, Mark(TOPICS)),
                        f"{name}: no {'source' if name == 'source' else 'entity'} has the id '{id_}'",
                        valid=did_you_mean(id_, own)
                        or "name one of site_src/entities/, or of site_src/facts/ for a source",
                        check="unknown-id",
                    )
        if known and briefing.sources and not any(selects(topic.facts, s, briefing) for s in briefing.current):
            yield problem(
                topic.marks.get("", Mark(TOPICS)),
                f"the topic '{topic.id}' finds no fact",
                valid="people are found by who, places by where, programmes by about, any words of a sentence by words",
                example="facts: {where: [port-ellery], words: [harbour]}",
                severity="warning",
                check="empty-topic",
            )


OF_SOURCES: tuple[Check, ...] = (
    *QUOTE_CHECKS,
    seed_unchanged,
    happened_by_now,
    known_sort,
    *SAYING_CHECKS,
    rank_explained,
    places_are_places,
)
"""What shows in a source, its article and what its names stand for."""
OF_ALL: tuple[Check, ...] = (
    seed_once,
    read_to_its_end,
    fact_once,
    conflict_settled,
    lead_apart,
    *LINK_CHECKS,
    *OUTCOME_CHECKS,
    selector_finds,
    check_editions,
)
"""What shows only where all is put together."""
ELSEWHERE = "quote-in-source"
"""Its advice is looked for in all other articles, so what it says is not kept."""
_FOUND = Decoder(tuple[Problem, ...])


def check(briefing: Briefing, names: Mapping[str, Mark] | None = None) -> list[Problem]:
    """What all checks find, sorted by place; `names` are places in the registry, as `registry.registry_marks` gives them."""
    of_names = (found for one in NAME_CHECKS for found in one(briefing, names or {}))
    return sorted([*_of_sources(briefing), *(found for one in OF_ALL for found in one(briefing)), *of_names])


def _of_sources(briefing: Briefing) -> Iterator[Problem]:
    """What is wrong with each source by itself; of those that are as they were, what was found then."""
    stage = briefing.store.stage("checks")
    kept = {id_: (key, value) for id_, key, value in stage.values()}
    asked: dict[str, bytes] = {}
    for conflict in briefing.conflicts:
        asked[conflict.source] = asked.get(conflict.source, b"") + packed(conflict)
    by_hand = {s.source.id for s in briefing.statements if s.fact.id in briefing.kept} if briefing.kept else set()
    every = digest(briefing.lexicons.digest, briefing.settings.as_of or "")
    keys = {
        id_: digest(
            every,
            briefing.digests.get(id_, b""),
            asked.get(id_, b""),
            packed(sorted(briefing.kept)) if id_ in by_hand else b"",
        )
        for id_ in briefing.sources
    }
    due = {id_ for id_, key in keys.items() if id_ not in briefing.digests or kept.get(id_, (b"",))[0] != key}
    for id_ in keys.keys() - due:
        value = kept[id_][1]
        yield from _FOUND.decode(value) if value != NOTHING else ()
    if due:
        found: dict[str, list[Problem]] = {briefing.files[id_].path: [] for id_ in due}
        for told in (told for one in OF_SOURCES for told in one(briefing.only(due))):
            found[told.path].append(told)
            yield told
        by_path = {briefing.files[id_].path: id_ for id_ in due}
        stage.put(
            (by_path[path], keys[by_path[path]], packed(tuple(those)))
            for path, those in found.items()
            if not any(told.check == ELSEWHERE for told in those)
        )
    stage.drop(kept.keys() - keys.keys())


NOTHING = packed(())
