"""Rules for days of the week."""

from __future__ import annotations

from datetime import date, timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import (
    WEEKDAYS,
    Tokens,
    dated,
    first,
    kinds,
    near,
    reading,
    spoken_of,
    undated,
    with_weekday,
)


def weekday_relative(scene: Scene, part: Tokens) -> Reading | None:
    """`last Friday`: the last one before the article's day; `this Friday`, `next Friday`: of this and the next week."""
    token, has = first(part, "weekday"), kinds(part)
    if not token:
        return None
    said = spoken_of(scene, part)
    base, target = said.first if said else scene.anchor.day, token.value - 1
    if has & {"last", "past", "previous"}:
        found = base - timedelta((base.weekday() - target - 1) % 7 + 1)
    elif has & {"coming", "following"}:
        found = base + timedelta((target - base.weekday() - 1) % 7 + 1)
    else:
        found = base + timedelta(target - base.weekday() + (7 if "next" in has else 0))
    return dated(values.day(found), f"counted from {with_weekday(base)}")


def _first_day(scene: Scene) -> date | None:
    """The weekday from which the words run to this one: `Monday through Friday`, `from Monday to Friday`."""
    link, before = scene.before(), scene.before(2)
    known = reading(before)
    if not near(link, scene, "before-until") or not before or not known or known.rule != "weekday":
        return None
    return known.period.first if known.period else None


def _has_happened(scene: Scene) -> bool:
    """`Friday's ruling`: what a day is said to have is past, unless it is of a kind that is set beforehand, such as a vote."""
    right = scene.right
    return bool(right) and right[0].kind == "own" and not any(near(t, scene, "yet-to-come") for t in right[1:4])


def weekday(scene: Scene, part: Tokens) -> Reading | None:
    """`Wednesday`: the article's own day if it is one, else the last or the next as the clause tells."""
    anchor, target = scene.anchor.day, part[0].value - 1
    if part[0].capital and near(scene.before(), scene, "named-weekday"):
        return None
    if (since := _first_day(scene)) is not None:
        ahead = (target - since.weekday() - 1) % 7 + 1
        return dated(values.day(since + timedelta(ahead)), f"the first after {with_weekday(since)}")
    name, ahead = WEEKDAYS[target], (target - anchor.weekday()) % 7
    if not ahead:
        return dated(values.day(anchor), f"{edtf.day(anchor)} itself is a {name}")
    tense = "past" if _has_happened(scene) else scene.tense(part)
    if tense == "future":
        found = values.day(anchor + timedelta(ahead))
        return dated(
            found, f"the next {name} after {with_weekday(anchor)}; the clause tells the future", tense="future"
        )
    why = "the clause tells the past" if tense else "no verb tells otherwise"
    found = values.day(anchor + timedelta(ahead - 7))
    return dated(found, f"the last {name} before {with_weekday(anchor)}; {why}", tense="past")


def weekday_of_month(scene: Scene, part: Tokens) -> Reading | None:
    """`the first Monday of June`, `the last Friday in May`; `the first Monday of every month` again and again."""
    token, of, named = first(part, "Day"), reading(part[-1]), first(part, "ordinal")
    day = reading(token)
    if not token or not day or not day.period or not of or not day.rule.startswith("weekday"):
        return None
    nth = named.value if named else -1 if token.word.startswith(("last ", "the last ")) else 0
    if not nth:
        return None
    if of.type == "SET":
        return undated("SET", of.value, "again and again")
    if not of.period:
        return None
    found = values.nth_weekday(of.period.first, nth, day.period.first.weekday())
    return dated(values.day(found), f"of {of.period.value}") if found.month == of.period.first.month else None
