"""The rules of times in order: atoms, what joins them, and what narrows the whole.

A new way to write a time is a row here; `time_patterns` says how patterns are written.
"""

from __future__ import annotations

from generator.extract.time_clock import clock, day_part
from generator.extract.time_dates import day_again, iso_date, month, month_day, month_relative, month_year
from generator.extract.time_grammar import Rule, arranged
from generator.extract.time_holidays import holiday
from generator.extract.time_joins import (
    beyond,
    clock_of_part,
    day_of_month,
    day_time,
    narrowed,
    of_year,
    or_so,
    same_day,
    unit_end,
    week_of_day,
    week_of_month,
    within,
    year_end,
)
from generator.extract.time_quarters import (
    half,
    last_quarter,
    quarter,
    quarter_ago,
    quarter_of_year,
    quarters,
    same_period,
    year_ago_unit,
)
from generator.extract.time_relative import (
    away,
    away_day,
    day_relative,
    unit_bare,
    unit_before,
    unit_beside,
    unit_in_full,
    unit_relative,
)
from generator.extract.time_sets import bygone, every, now, often, weekdays
from generator.extract.time_spans import duration, early_years, long, loose, quarter_century, stretch, years
from generator.extract.time_weekdays import weekday, weekday_of_month, weekday_relative
from generator.extract.time_years import (
    century,
    decade,
    fiscal_year,
    season,
    year,
    year_brief,
    year_spoken,
    years_joined,
)

POINT = "(?:the|this)? (?:last|past|previous|this|current|latest|next|coming|following|same|that) full? fiscal?"
NAMED = "(?:this? (?:last|past|next|coming|previous|following)|this)"
MANY = "(?:NUM|a? vague|a? couple of?)"

ATOMS = arranged(
    [
        Rule("date-iso", "iso", iso_date),
        Rule("date", "(?:(?:weekday|short-weekday) comma?)? MONTH DAY (?:DASH DAY)? (?:comma? year)?", month_day),
        Rule("date", "(?:(?:weekday|short-weekday) comma?)? the? DAY (?:DASH DAY)? of? MONTH (?:comma? year)?", month_day),
        Rule("day-again", "the? DAY (?:comma? year)?", day_again),
        Rule("month-year", "MONTH (?:comma|of)? year", month_year),
        Rule("month", "(?:month|name-month)", month, "month"),
        Rule("month-relative", f"{NAMED} (?:month|name-month)", month_relative, "month"),
        Rule("year", "(?:the unit-year)? year", year),
        Rule("years", "the? fiscal? year (?:DASH|slash) (?:small|year)", years_joined),
        Rule("year", "brief", year_brief),
        Rule("edge-of-unit", "(?:unit-year|unit-month|unit-quarter) (?:own|hyphen)? edge", unit_end, "month"),
        Rule("edge-of-year", "unit-year hyphen? edge year", year_end, "year"),
        Rule("year-fiscal", "the? (?:fiscal unit-year? year|year fiscal unit-year)", fiscal_year),
        Rule("year-spoken", "(?:the unit-year)? number number+ (?:hyphen number)?", year_spoken),
        Rule("year-spoken", "(?:the unit-year)? number hyphen? number hyphen? number", year_spoken),
        Rule("decade", "the? decade", decade),
        Rule("century", "the? ordinal DASH? unit", century),
        Rule("year-relative", f"{POINT} unit-year", unit_relative, "year"),
        Rule("unit-relative", f"{POINT} (?:unit-month|unit-quarter)", unit_relative, "month"),
        Rule("unit-relative", f"{POINT} (?:unit-day|unit-week|unit-weekend|unit)", unit_relative, "day"),
        Rule("year-bare", "the full? fiscal? unit-year", unit_bare, "year"),
        Rule("unit-bare", "the full? fiscal? (?:unit-month|unit-quarter)", unit_bare, "month"),
        Rule("unit-bare", "the full? (?:unit-week|unit-weekend)", unit_bare, "day"),
        Rule("unit-bare", "the unit", unit_in_full, "year"),
        Rule("unit-before", "the (?:unit-day|unit-week|unit-month|unit-year) (?:before last?|after)", unit_before, "day"),
        Rule("unit-bare", "the latest period", unit_bare, "month"),
        Rule("year-ago", "the? same? unit-year hyphen? (?:within|ago) ordinal? (?:unit-quarter|period)", year_ago_unit, "month"),
        Rule("year-ago", "unit-year hyphen (?:within|ago)", year_ago_unit, "month"),
        Rule("quarter-of-year", "the? year (?:period|ordinal? unit-quarter)", quarter_of_year),
        Rule("weekday-relative", f"the? (?:{NAMED}|same|that) weekday", weekday_relative, "day"),
        Rule("weekday", "weekday", weekday, "day"),
        Rule("day-relative", "(?:the? unit-day (?:before|after))? relative-day", day_relative, "day"),
        Rule("quarter", "the? (?:fiscal hyphen?)? ordinal fiscal? unit-quarter|fiscal ordinal hyphen unit-quarter", quarter, "month"),
        Rule("quarter", "ordinal hyphen unit-quarter", quarter, "month"),
        Rule("quarter", "quarter-name (?:of? year)?", quarter, "month"),
        Rule("half", "the? (?:ordinal|last) hyphen? half", half, "month"),
        Rule("season", f"(?:the|{NAMED})? season (?:of? year)?", season, "month"),
        Rule("holiday", "(?:last|next|this)? holiday (?:unit-week|unit-weekend|of? year)?", holiday, "month"),
        Rule("day-part", "(?:this|last|that|the (?:following|next|same|previous)) day-part|tonight", day_part, "day"),
        Rule("clock", "(?:clock|small) ampm zone?|clock zone?|(?:year|digits) zone|noon|(?:small|number) o-clock", clock, "day"),
        Rule("clock", "(?:small|clock|number) ampm? in the day-part", clock, "day"),
        Rule("duration", "approx? (?:the|a)? approx? NUM more? trading? units", duration),
        Rule("duration", "approx? (?:number|small|half a) trading? UNIT", duration),
        Rule("duration", "approx? (?:the|a)? NUM (?:to|or|DASH) NUM hyphen? UNITS", duration),
        Rule("duration", "approx? a? (?:vague|couple of?) more? trading? UNITS", duration),
        Rule("duration", "approx? a more? UNIT", duration),
        Rule("duration", "units or units", loose),
        Rule("duration", "approx? (?:a|number) UNITS and a half", duration),
        Rule("duration", "approx? (?:a|half a) unit-quarter (?:of a)? unit", quarter_century),
        Rule("duration-adjective", "approx? NUM hyphen UNITS", duration),
        Rule("duration-adjective", "a NUM hyphen? UNIT period", duration),
        Rule("stretch-ref", "past units|units past", bygone),
        Rule("stretch", f"the? (?:last|past|next|coming|previous|following|recent|latest|ordinal) {MANY}? more? trading? units", stretch),
        Rule("stretch", "the part units", early_years),
        Rule("stretch-loose", "units", loose),
        Rule("duration-long", "approx? (?:NUM|a? vague)? hyphen? UNITS hyphen long|lasting|lastings", long),
        Rule("duration-old", "units hyphen old", loose),
        Rule("stretch-years", "the units", years),
        Rule("set", "each weekday day-part", every),
        Rule("set", "each (?:NUM|ordinal)? (?:UNITS|weekday|month|name-month|season|day-part)", every),
        Rule("set-weekday", "weekdays day-parts?|weekday day-parts", weekdays),
        Rule("set-often", "often", often),
        Rule("now", "now|current|the past", now),
    ]
)  # fmt: skip

JOINS = arranged(
    [
        Rule("of-year", "(?:Month|Quarter|Half|Season) (?:comma|of)? Year|Day of? Year", of_year),
        Rule("of-year", "Year own? (?:Month|Quarter|Season|Half)", of_year),
        Rule("quarter-ago", "Quarter Duration (?:ago|within)", quarter_ago, "month"),
        Rule("quarter-of-year", "Year own (?:unit-quarter|period)", quarter_of_year),
        Rule("same-period", "the? same period (?:of|in)? (?:Year|Duration (?:ago|within))", same_period, "month"),
        Rule("duration-or-so", "(?:Duration|Year|Month|Week|Quarter) or-so", or_so),
        Rule("same-day", "Day comma? Day", same_day),
        Rule("day-time", "Day (?:day-part|at? Time)", day_time),
        Rule("time-day", "(?:Time|the? day-part) (?:comma|of|at)? Day", day_time),
        Rule("away", "Duration or-so? (?:ago|hence|within)", away, "day"),
        Rule(
            "unit-beside",
            "the? (?:unit-day|unit-week|unit-month|unit-year) (?:before|after) (?:Day|Month)",
            unit_beside,
        ),
        Rule("away-day", "Duration ago (?:Day|Month)", away_day, "day"),
        Rule("away-from", "Duration (?:before|after|from) (?:Day|Month|Year)", away),
        Rule("beyond", "(?:Year|Month|Quarter|Decade) and beyond", beyond),
        Rule("weekday-of-month", "the? ordinal? Day (?:of|in) (?:Month|Set)", weekday_of_month),
        Rule("day-of-month", "the ordinal of Month", day_of_month),
        Rule("quarter-of-year", "the? last unit-quarter (?:of|in) Year", last_quarter),
        Rule("quarters-of-year", "the? (?:ordinal|last) number units (?:of|in) Year", quarters),
        Rule("clock-of-part", "(?:Time|small|number) (?:Time|Day day-part)", clock_of_part),
        Rule("week-of-month", "the? (?:ordinal|last) unit-week (?:of|in) Month", week_of_month),
        Rule("week-of-day", "(?:Week|Weekend) of Day", week_of_day),
    ]
)

NARROWS = arranged(
    [
        Rule("part", "the? (?:part|mid) in? the? CALENDAR", narrowed),
        Rule("part", "(?:part|mid) hyphen CALENDAR", narrowed),
        Rule("edge", "the? edge of CALENDAR", narrowed),
        Rule("within", "within in? (?:CALENDAR|Time)", within),
    ]
)

PASSES = (ATOMS, JOINS, NARROWS)
