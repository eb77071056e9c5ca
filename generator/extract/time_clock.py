"""Rules for times of day."""

from __future__ import annotations

from datetime import timedelta

from generator import edtf
from generator.extract import time_values as values
from generator.extract.time_grammar import Reading, Scene
from generator.extract.time_phrases import Tokens, first, kinds, undated
from generator.extract.time_words import Token


def day_part(scene: Scene, part: Tokens) -> Reading | None:
    """`this morning`, `last night`, `tonight`, `the next evening`."""
    token, has, d = first(part, "day-part", "tonight"), kinds(part), scene.anchor.day
    if not token:
        return None
    if "last" in has:
        d -= timedelta(1)
    elif has & {"following", "next", "that", "same", "previous"} and scene.said and scene.said.unit == "day":
        d = scene.said.first + timedelta(1 if has & {"following", "next"} else -1 if "previous" in has else 0)
    found = values.day(d)
    return Reading("TIME", f"{edtf.day(d)}T{token.value}", "", f"of {edtf.day(d)}", found, found.when)


def clock(scene: Scene, part: Tokens) -> Reading | None:
    """`10:35 a.m.`, `5 p.m. EST`, `5.30pm`, `1430 GMT`, `noon`, `4 in the morning`; which day it is the words do not say, so no date."""
    token = first(part, "clock", "small", "noon", "number", "digits", "year")
    ampm, of = first(part, "ampm"), first(part, "day-part")
    if not token or (token.kind == "noon" and token.capital):
        return None
    hour, minute = _hour(token)
    if ampm:
        if not 0 < hour <= 12:
            return None
        hour = hour % 12 + ampm.value
    elif of and of.value != "MO" and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    d = scene.said.first if scene.said and scene.said.unit == "day" else scene.anchor.day
    return undated("TIME", f"{edtf.day(d)}T{hour:02d}:{minute:02d}", f"of {edtf.day(d)}, the day spoken of")


def _hour(token: Token) -> tuple[int, int]:
    """Hour and minute of `14:30`, `5.30`, `1430`, `5`."""
    if token.kind == "clock":
        hour, minute = token.word.replace(".", ":").split(":")
        return int(hour), int(minute)
    if token.kind in ("digits", "year"):
        return divmod(int(token.value), 100)
    return int(token.value), 0
