/* What the reader's clock knows: windows that have passed, days to go, the age of the newest source.
   Days are those of the reader's own calendar; generator/countdown.py has the same words as of the briefing's day. */
"use strict";
(() => {
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
  const day = (text) => Date.parse(text) / 864e5;
  const count = (n, unit) => `${n.toLocaleString("en")} ${unit}${n === 1 ? "" : "s"}`;
  const stretch = (days) => {
    if (days <= 90) return count(days, "day");
    const months = Math.floor(days / 30.4375 + 0.5);
    return months < 24 ? count(months, "month") : count(Math.floor(days / 365.25 + 0.5), "year");
  };
  for (const element of document.querySelectorAll(".due")) {
    const { from, until, asOf } = element.dataset;
    const end = day(until || from);
    const over = today > end;
    if (today < day(asOf) || (element.matches(".quiet") && !over)) continue;
    let words = `Window open, ${stretch(end - today)} left`;
    if (over) {
      const told = element.matches(".later") ? "no later source here is linked to it" : "no source here tells what came of it";
      words = `${until ? "Passed" : "Start passed"} ${stretch(today - end)} ago: ${told}`;
    } else if (today === end) words = `${!until ? "Begins" : from && from !== until ? "Window closes" : "Due"} today`;
    else if (!from) words = `${stretch(end - today)} left`;
    else if (today < day(from)) words = `${from === until ? "In" : "Begins in"} ${stretch(day(from) - today)}`;
    element.textContent = words;
    element.classList.toggle("passed", over);
  }
  const age = document.querySelector(".age");
  const old = age ? today - day(age.dataset.date) : 0;
  if (old > 0) {
    age.textContent = `The newest source is ${count(old, "day")} old.`;
    const asOf = document.querySelector(".asof");
    const same = asOf?.querySelector("time")?.dateTime === age.dataset.date;
    asOf?.append(` · ${same ? "" : "newest source "}${count(old, "day")} old`);
  }
})();
