"""A new extraction merged into a fact file that people edit.

For each fact and key the file is compared with what the machine last wrote there (the base). What a
person changed, added, commented or deleted stays so; what only the machine changed is updated; where
both changed the same key the person's value stands and the machine's becomes a conflict.

Pure, and a second merge of the same extraction changes neither file nor base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from generator.base import FOLDER as BASES
from generator.base import Base, Conflict, write_base
from generator.decide import Decisions
from generator.facts import FOLDER, FactFile, parse_fact_file, write_fact_file
from generator.model import NAME_KEYS, Extraction, Fact, Mark, Source
from generator.patch import Op, patch
from generator.problems import Problem, problem
from generator.threeway import shown

__all__ = ["Conflict", "Merged", "merge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What to write, and what it changes. For a broken file or base nothing is to be written."""

    text: str
    """Of the fact file."""
    base_text: str
    base: Base | None = None
    """What `base_text` says; None where nothing is to be written."""
    conflicts: tuple[Conflict, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    by_hand: frozenset[str] = frozenset()
    """Ids of facts in which a person wrote, a comment too."""
    problems: tuple[Problem, ...] = ()
    written: bool = True
    """False where file and base are to stay as they are, because one of them could not be read."""


def merge(file: FactFile | None, base: Base | None, extraction: Extraction) -> Merged:
    """The file's new text and the new base.

    No file but a base: a person deleted it, so all facts it had stay deleted. A file but no base: all in it
    is a person's but for what the machine still says of facts that it wrote. A file or base that could not be read stays as it
    is, and so does the other; and so do both where they are not of one text of the article.
    """
    if (file and file.broken) or (base and base.broken):
        conflicts = base.conflicts if base else ()
        return Merged(text=file.text if file else "", base_text="", conflicts=conflicts, written=False)
    if file and base and file.source.sha256 != base.source.sha256:
        problems = (_apart(file, base),)
        return Merged(text=file.text, base_text="", conflicts=base.conflicts, problems=problems, written=False)
    made = Decisions(file, base, extraction)
    made.run()
    return _merged(made)


def _deleted(made: Decisions) -> Iterator[Problem]:
    """A fact file that is gone while its base is there: said, because nothing of it will be written again."""
    if made.base and made.base.facts and not made.file:
        yield problem(
            Mark(f"{FOLDER}/{made.source}.yml"),
            "this fact file was deleted, so its facts stay deleted, and a file without them takes its place",
            valid=f"briefing restore {made.source} brings them back; to begin anew delete {BASES}/{made.source}.yml too",
            severity="warning",
            check="file-deleted",
        )


def _apart(file: FactFile, base: Base) -> Problem:
    """A fact file and a base that were not written together, as when only one of them was checked out of an older state."""
    mark = file.marks.get("source/sha256", Mark(file.path))
    base_path = f"{BASES}/{base.source.id}.yml"
    return problem(
        mark,
        f"this file and {base_path} are of two states of the article, so none of it is merged",
        valid=f"check both out of one commit; or write the sha256 of {base_path} here, and all that differs counts as yours",
        example=f"sha256: {base.source.sha256}",
        check="base-apart",
    )


def _forgotten(made: Decisions) -> Iterator[Problem]:
    """A fact file that the machine wrote in and that has no base: whose is whose is not known any more."""
    if made.file and made.base is None and made.machines & made.ours.keys():
        path = f"{BASES}/{made.source}.yml"
        yield problem(
            Mark(made.file.path),
            f"{path} is gone: what is read otherwise now counts as yours, and facts that you deleted come back",
            valid="bring it back from version control before you build",
            example=f"git checkout -- {path}",
            severity="warning",
            check="base-gone",
        )


def _moved(made: Decisions) -> Iterator[Problem]:
    """Facts that follow an article whose words were corrected: said once, so that somebody looks."""
    if made.moved:
        yield problem(
            Mark(f"{FOLDER}/{made.source}.yml"),
            f"the article was corrected, and facts follow its new words: {', '.join(made.moved)}",
            valid="look whether they still say the same",
            severity="warning",
            check="re-anchored",
        )


def _redated(made: Decisions) -> Iterator[Problem]:
    """Dates that follow another date of the article: all that it calls `Monday` or `last year` hangs on that."""
    was, now = made.base.source.date if made.base else "", made.extraction.source.date
    ids = dict.fromkeys(op.id for op in made.ops if op.key == "when")
    by_hand = made.file is not None and made.file.source.date == now
    if made.base and was != now and ids and not by_hand:
        yield problem(
            Mark(f"{FOLDER}/{made.source}.yml"),
            f"the article is of {now} now, not of {was}, and dates that count from it follow: {', '.join(ids)}",
            valid="look whether they are right",
            severity="warning",
            check="re-dated",
        )


def _merged(made: Decisions) -> Merged:
    """The texts, once everything is decided."""
    if not made.file:
        facts = [op.value for op in made.ops if op.do == "insert"]
        text, withheld = write_fact_file(made.extraction.source, facts), list[Op]()
    else:
        text, withheld = patch(made.file, made.ops)
    source = _back(made, withheld)
    base = Base(
        source=source,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        facts=tuple(made.next.values()),
        entities=_entities(made, text),
        held=made.held,
        conflicts=tuple(made.conflicts),
    )
    done = [op for op in made.ops if op not in withheld]
    inserted, removed = ({op.id for op in done if op.do == do} for do in ("insert", "remove"))
    changed = dict.fromkeys(op.id for op in done if op.key)
    return Merged(
        text=text,
        base_text=write_base(base),
        base=base,
        conflicts=base.conflicts,
        new=tuple(id_ for id_ in made.new if id_ in inserted),
        changed=tuple(changed),
        removed=tuple(id_ for id_ in made.removed if id_ in removed),
        by_hand=frozenset(_by_hand(made)),
        problems=(*_deleted(made), *_forgotten(made), *_moved(made), *_redated(made)),
    )


def _by_hand(made: Decisions) -> Iterator[str]:
    for id_, ours in made.ours.items():
        known = made.next.get(id_)
        if id_ not in made.removed and (known is None or known.held or known.added or known.dropped or ours.remarked):
            yield id_


def _back(made: Decisions, withheld: Sequence[Op]) -> Source:
    """Changes that could not be spliced in are told, and the base does not know of them: the next merge tries again."""
    source = made.extraction.source
    for op in withheld:
        ours = made.ours.get(op.id)
        if op.do == "insert":
            del made.next[op.id]
        elif op.do == "remove":
            made.next[op.id] = made.known[op.id]
        elif op.id == "source":
            old = made.base.source if made.base else made.file.source if made.file else source
            source = replace(source, **{op.field: getattr(old, op.field)})
        elif ours and op.id in made.known:
            known = made.next[op.id]
            fact = replace(known.found.fact, **{op.field: getattr(made.known[op.id].found.fact, op.field)})
            made.next[op.id] = replace(known, found=replace(known.found, fact=fact))
        there = getattr(ours.fact, op.field, None) if ours and op.key else None
        theirs = shown(op.value) if op.key else ("added" if op.do == "insert" else None)
        made.conflicts.append(
            Conflict(source=made.source, fact=op.id, key=op.key, ours=shown(there), theirs=theirs, rule="withheld")
        )
    return source


def _entities(made: Decisions, text: str) -> tuple[str, ...]:
    """Candidates that the file names now, and what they lie in, with those of earlier times.

    Not those that the machine alone would name: they never reach the registry, so nobody took them out.
    """
    used = set(made.base.entities if made.base else ())
    candidates = {entity.id: entity for entity in made.extraction.candidates if entity.id not in used}
    file = parse_fact_file(f"{FOLDER}/{made.source}.yml", text)[0] if candidates else None
    wanted = list(_names(file.source, file.facts)) if file else []
    while wanted:
        id_ = wanted.pop()
        if id_ in candidates and id_ not in used:
            used.add(id_)
            wanted.append(candidates[id_].in_ or "")
    return tuple(sorted(used))


def _names(source: Source, facts: Iterable[Fact]) -> Iterable[str]:
    yield source.publisher or ""
    for fact in facts:
        for name in NAME_KEYS:
            value = getattr(fact, name, None) or ()
            yield from (value,) if isinstance(value, str) else value
