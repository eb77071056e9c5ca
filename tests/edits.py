"""Extractions that change, fact files that people edit, and what must hold when the two are merged."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from generator.base import Base, parse_base
from generator.facts import FactFile, fact_id, parse_fact_file
from generator.merge import Merged, merge
from generator.model import Assessment, Event, Extraction, Fact, Figure, Found, Kind, Quotation, Source, Span, mapping

SOURCE = Source(id="2031-05-02-dredging-begins", date="2031-05-02", publisher="arc", seed="a.txt", sha256="a1b2")
PATH = f"site_src/facts/{SOURCE.id}.yml"
NAMES = ["arc", "ellery", "harbour-board", "mira-tolle", "no", "linden-bridge", "y"]
WHENS = ["2031", "2031-04", "2031-05-01", "2031-05-11/2031-05-20", "../2031-12-31", None]
TEXTS = ["Dredging begins.", "It said: not yet", "no", "12:30", "#1 in the port", "A 'quay' and a \"dock\"", "3.5", "x"]


def a_fact(rng: random.Random, place: int) -> Found:
    """A fact of the clause at a place."""
    quote = f"clause number {place} of the text says so"
    kind: Kind = rng.choice(["event", "figure", "quotation", "assessment"])
    common = {
        "id": fact_id(SOURCE.id, kind, quote, 0),
        "text": rng.choice(TEXTS),
        "quote": quote,
        "who": names(rng),
        "where": names(rng),
        "when": rng.choice(WHENS),
        "note": rng.choice([None, None, "as heard"]),
    }
    fact: Fact
    if kind == "event":
        fact = Event(what=rng.choice(["visit", "opening"]), status=rng.choice(["happened", "planned"]), **common)
    elif kind == "figure":
        fact = Figure(value=rng.choice([1, 40, 2.5]), unit=rng.choice([None, "tonnes"]), **common)
    elif kind == "quotation":
        fact = Quotation(words=rng.choice(TEXTS), speaker=rng.choice([None, *NAMES]), **common)
    else:
        fact = Assessment(hedge="is likely to", by=names(rng), **common)
    return Found(fact=fact, span=Span(place * 100, place * 100 + 60), rule="r", proof=rng.choice(["", "p: q"]))


def names(rng: random.Random) -> tuple[str, ...]:
    """Up to three names."""
    return tuple(rng.sample(NAMES, rng.choice([0, 1, 2, 3])))


def extraction(facts: list[Found], source: Source = SOURCE) -> Extraction:
    """Facts in the order of the text."""
    return Extraction(source=source, facts=tuple(sorted(facts, key=lambda f: f.span)), candidates=())


def later(rng: random.Random, facts: list[Found], places: int = 12) -> list[Found]:
    """What a later extractor makes of the same text: values change, quotes are cut otherwise, facts come and go."""
    result = []
    for found in facts:
        chance = rng.random()
        if chance < 0.1:
            continue
        if chance < 0.4:
            other = a_fact(rng, found.span.start // 100).fact
            shared = [n for n in ("text", "who", "where", "when") if rng.random() < 0.5]
            found = replace(found, fact=replace(found.fact, **{n: getattr(other, n) for n in shared}))
        if chance < 0.2:
            quote = found.fact.quote + " and more"
            id_ = fact_id(SOURCE.id, found.fact.kind, quote, 0)
            found = replace(
                found, fact=replace(found.fact, quote=quote, id=id_), span=Span(found.span.start, found.span.end + 9)
            )
        result.append(found)
    free = sorted(set(range(places)) - {f.span.start // 100 for f in facts})
    return result + [a_fact(rng, place) for place in free if rng.random() < 0.15]


@dataclass
class Hand:
    """A person at a fact file, line by line; remembers what they meant."""

    text: str
    values: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """By fact and key, the value they gave it, as written; None where they deleted the key."""
    added: set[tuple[str, str, str]] = field(default_factory=set)
    dropped: set[tuple[str, str, str]] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    def blocks(self) -> tuple[str, list[str]]:
        """The head of the file, and the text of each fact."""
        head, *facts = re.split(r"(?m)^(?=- id: )", self.text)
        return head, facts

    def edit(self, rng: random.Random) -> None:
        """One edit of some sort."""
        head, facts = self.blocks()
        if not facts:
            return
        at = rng.randrange(len(facts))
        id_ = facts[at].splitlines()[0].removeprefix("- id: ").split("  #")[0]
        if id_ in self.own:
            return
        acts: list[Callable[[random.Random, str, str], str]] = [
            self.change, self.drop_key, self.more_names, self.fewer_names, self.as_block, self.quote, self.blank_line, self.anchor,
            self.comment_line, self.comment_beside, self.comment_above,
        ]  # fmt: skip
        chance = rng.random()
        if chance < 0.1:
            self.deleted.add(id_)
            gone = facts.pop(at)
            self.comments = [c for c in self.comments if c not in gone]
        elif chance < 0.2:
            new = f"event-mine-{len(self.own)}"
            self.own.add(new)
            facts.insert(at, f"- id: {new}\n  kind: event\n  what: visit\n  status: planned\n  quote: my words {new}\n")
        elif chance < 0.3:
            rng.shuffle(facts)
        else:
            facts[at] = rng.choice(acts)(rng, id_, facts[at])
        self.text = head + "".join(facts)

    def change(self, rng: random.Random, id_: str, fact: str) -> str:
        """Another text or date, in one style of quotes or another."""
        key = rng.choice(["text", "when"])
        if (found := re.search(rf"(?m)^  {key}: ([^\n]*)$", fact)) is None or "#" in found[1] or "&" in found[1]:
            return fact
        value = rng.choice(["Mine", "Hers, and his"]) if key == "text" else rng.choice(["2030-01", "2030-02-03"])
        self.values[id_, key] = value
        written = rng.choice([value, f"'{value}'", f'"{value}"', f"  {value}  "])
        return fact[: found.start(1)] + written + fact[found.end(1) :]

    def drop_key(self, rng: random.Random, id_: str, fact: str) -> str:
        """Delete the line of a key."""
        key = rng.choice(["when", "text", "note"])
        found = re.search(rf"(?m)^  {key}: [^\n#&]*\n", fact)
        if not found:
            return fact
        self.values[id_, key] = None
        return fact[: found.start()] + fact[found.end() :]

    def more_names(self, rng: random.Random, id_: str, fact: str) -> str:
        """Add a name to a list."""
        if not (found := re.search(r"(?m)^  (who|where): \[([^\]\n]+)\]", fact)):
            return fact
        name = f"new-{rng.randrange(3)}"
        if name in found[2]:
            return fact
        self.added.add((id_, found[1], name))
        self.dropped.discard((id_, found[1], name))
        at = found.start(2) if rng.random() < 0.5 else found.end(2)
        return fact[:at] + (f"{name}, " if at == found.start(2) else f", {name}") + fact[at:]

    def fewer_names(self, rng: random.Random, id_: str, fact: str) -> str:
        """Take the first of several names out of a list."""
        if not (found := re.search(r"(?m)^  (who|where): \[([^,\]\n]+), ", fact)):
            return fact
        name = found[2].strip('"')
        self.dropped.add((id_, found[1], name))
        self.added.discard((id_, found[1], name))
        return fact[: found.start(2)] + fact[found.end() :]

    def as_block(self, rng: random.Random, id_: str, fact: str) -> str:
        """Write a list as a block."""
        if not (found := re.search(r"(?m)^  (who|where): \[([^\]\n]+)\]\n", fact)):
            return fact
        pad = rng.choice(["  ", "    "])
        lines = "".join(f"{pad}- {name}\n" for name in found[2].split(", "))
        return fact[: found.start()] + f"  {found[1]}:\n{lines}" + fact[found.end() :]

    def quote(self, rng: random.Random, id_: str, fact: str) -> str:
        """Put a value in quotes: nothing changes."""
        return re.sub(r"(?m)^  (quote|when): +([^\"'#&\s][^\"'#\n]*[^\"'#\s]) *$", r"  \1: '\2'", fact, count=1)

    def anchor(self, rng: random.Random, id_: str, fact: str) -> str:
        """Name a value, or say one by the name of another: what stands there is theirs from then on."""
        if not (found := re.search(r"(?m)^  when: ([0-9][^\n#]*)$", fact)):
            return fact
        self.values[id_, "when"] = found[1].strip()
        name = f"day{len(self.comments)}-{rng.randrange(10**6)}"
        self.comments.append(f"&{name} ")
        return fact[: found.start(1)] + f"&{name} " + fact[found.start(1) :]

    def blank_line(self, rng: random.Random, id_: str, fact: str) -> str:
        """A blank line after the fact."""
        return fact + "\n"

    def note_comment(self) -> str:
        """A new comment."""
        self.comments.append(f"# comment {len(self.comments)} #")
        return self.comments[-1]

    def comment_line(self, rng: random.Random, id_: str, fact: str) -> str:
        """A comment on a line of its own, within the fact."""
        lines = fact.splitlines(keepends=True)
        keys = [n for n in range(1, len(lines)) if re.match(r"  [a-z]", lines[n])]
        at = rng.choice(keys)
        return "".join([*lines[:at], f"  {self.note_comment()}\n", *lines[at:]])

    def comment_beside(self, rng: random.Random, id_: str, fact: str) -> str:
        """A comment at the end of a line."""
        lines = fact.splitlines(keepends=True)
        at = rng.choice([n for n in range(len(lines)) if lines[n].strip() and "#" not in lines[n]] or [0])
        if "#" in lines[at]:
            return fact
        lines[at] = lines[at].rstrip("\n") + f"  {self.note_comment()}\n"
        return "".join(lines)

    def comment_above(self, rng: random.Random, id_: str, fact: str) -> str:
        """A comment at the margin after the fact, as if for the next one."""
        return fact + f"{self.note_comment()}\n"


def parsed(text: str) -> FactFile:
    """A fact file, whatever is wrong with single facts of it."""
    file, _ = parse_fact_file(PATH, text)
    assert file
    return file


def clean(text: str) -> FactFile:
    """A fact file with which nothing is wrong."""
    file, problems = parse_fact_file(PATH, text)
    assert file
    assert not problems, [str(p) for p in problems]
    return file


def based(text: str) -> Base:
    """The base of a text."""
    base, problems = parse_base("base.yml", text)
    assert base
    assert not problems
    return base


def no_edit_is_lost(rng: random.Random, most: int = 5, rounds: int = 2, places: int = 12) -> None:
    """Whatever a person does to a file of at most so many facts, and whatever a later extractor makes of the text, twice over."""
    facts = [a_fact(rng, place) for place in sorted(rng.sample(range(places), rng.randint(0, most)))]
    merged = merge(None, None, extraction(facts))
    hand, source = Hand(merged.text), SOURCE
    for _ in range(rounds):
        for _ in range(rng.choice([0, 1, 2, 4, 8])):
            hand.edit(rng)
        style = rng.choice(["as it is", "crlf", "no final newline", "bom"])
        before = clean(styled(hand.text, style))
        facts = later(rng, facts, places)
        was, source = source, replace(source, sha256=rng.choice([source.sha256, source.sha256, f"c{rng.random()}"]))
        merged = merge(before, based(merged.base_text), extraction(facts, source))
        after = clean(merged.text)
        nothing_lost(hand, after)
        untouched_lines_stay(before, after, merged)
        assert not [c for c in merged.conflicts if c.rule == "withheld"]
        assert source == was or merged.removed == (), "an article was corrected, and a fact went without a question"
        assert style != "crlf" or "\n" not in merged.text.replace("\r\n", "")
        again = merge(after, based(merged.base_text), extraction(facts, source))
        assert (again.text, again.base_text, again.new) == (merged.text, merged.base_text, ())
        hand.text = merged.text.replace("\r\n", "\n").removeprefix("\ufeff").rstrip("\n") + "\n"


def styled(text: str, style: str) -> str:
    """The text as some editor saves it."""
    if style == "crlf":
        return text.replace("\n", "\r\n")
    if style == "no final newline":
        return text.rstrip("\n")
    return "\ufeff" + text if style == "bom" else text


def nothing_lost(hand: Hand, after: FactFile) -> None:
    """Every value, name, deletion, fact and comment of a person is there."""
    have = {fact.id: mapping(fact) for fact in after.facts}
    assert not hand.deleted & have.keys()
    assert hand.own <= have.keys()
    for (id_, name), value in hand.values.items():
        assert id_ in hand.deleted or have[id_].get(name) == value
    for id_, name, who in hand.added:
        assert id_ in hand.deleted or who in have[id_][name]
    for id_, name, who in hand.dropped:
        assert who not in have.get(id_, {}).get(name, ())
    for comment in hand.comments:
        assert comment in after.text


def untouched_lines_stay(before: FactFile, after: FactFile, merged: Merged) -> None:
    """Lines of facts that no change touched are there as they were, in their order."""
    changed = {*merged.changed, *merged.removed}
    kept = [line for id_, lines in facts_of(before.text).items() if id_ not in changed for line in lines]
    rest = iter(after.text.splitlines())
    assert all(line in rest for line in kept), "a line is gone or has moved"


def facts_of(text: str) -> dict[str, list[str]]:
    """The lines of each fact by id."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("facts:", 1)[1].splitlines():
        if line.startswith("- id: "):
            lines = found.setdefault(line.removeprefix("- id: ").split()[0].rstrip(), [])
        lines.append(line)
    for own in found.values():
        while own and not own[-1].strip():  # the blank lines before the next fact go with that
            own.pop()
    return found
