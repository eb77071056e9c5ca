/* The timeline by topic, person, organisation, place, sort of event and status. The page is whole without it. */
"use strict";
(() => {
  const rows = [...document.querySelectorAll("tbody tr")].filter((row) => row.querySelector(".row"));
  if (rows.length < 2) return;
  const say = (text) => text[0].toUpperCase() + text.slice(1).replaceAll("-", " ");
  const labels = {};
  const titles = {};
  const facets = {};
  for (const link of document.querySelectorAll("[id^=in-]")) {
    const group = link.closest("li").querySelector(".n");
    const name = group.classList.item(group.classList.length - 1);
    titles[name] = group.textContent;
    labels[link.id.slice(3)] = link.textContent;
    (facets[name] ??= []).push(link.id.slice(3));
  }
  Object.assign(titles, { what: "Kind", status: "Status" });
  const of = (row, name) => {
    const { in: about = "", what, status } = row.querySelector(".row").dataset;
    return { what: [what], status: [status] }[name] ?? about.split(" ").filter((id) => facets[name].includes(id));
  };
  const values = new Map(rows.map((row) => [row, Object.fromEntries(Object.keys(titles).map((name) => [name, of(row, name)]))]));

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const selects = Object.fromEntries(Object.keys(titles).map((name) => [name, make("select", { id: `only-${name}` })]));
  const fields = Object.entries(selects).map(([name, select]) => make("p", {}, make("label", { for: select.id }, titles[name]), select));
  const status = make("p", { role: "status" });
  const all = make("button", { type: "button" }, "Show all");
  const folded = make("details", {}, make("summary", {}, "Filters"), make("div", { class: "filters" }, ...fields));
  const form = make("form", { class: "filter", "aria-label": "Filter events" }, folded, status, all);
  rows[0].closest("section").before(form);
  const part = document.querySelector("main .here")?.textContent;

  const fits = (row, but) =>
    Object.entries(selects).every(([name, select]) => name === but || !select.value || values.get(row)[name].includes(select.value));

  const apply = () => {
    for (const row of rows) row.hidden = !fits(row);
    for (const section of document.querySelectorAll("main section:has(tbody)")) section.hidden = !section.querySelector("tbody tr:not([hidden])");
    for (const [name, select] of Object.entries(selects)) {
      const counts = new Map();
      for (const row of rows) if (fits(row, name)) for (const value of values.get(row)[name]) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (select.value && !counts.has(select.value)) counts.set(select.value, 0);
      const options = [...counts].map(([value, n]) => [labels[value] ?? say(value), value, n]).sort(([a], [b]) => a.localeCompare(b));
      const kept = select.value;
      select.replaceChildren(make("option", { value: "" }, "Any"), ...options.map(([label, value, n]) => make("option", { value }, `${label} (${n})`)));
      select.value = kept;
      select.parentElement.hidden = !options.length;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const where = part ? ` on this page (${part})` : "";
    const count = `${rows.length} events${where}`;
    status.textContent = shown === rows.length ? count : shown ? `${shown} of ${count}` : `None of ${count} fits. Choose fewer filters.`;
    all.hidden = shown === rows.length;
  };

  const read = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const [name, select] of Object.entries(selects)) {
      const value = chosen.get(name);
      const known = rows.some((row) => values.get(row)[name].includes(value));
      select.replaceChildren(...(known ? [make("option", { value }, value)] : []));
    }
    apply();
    folded.open ||= !all.hidden;
  };
  const write = () => {
    const chosen = new URLSearchParams(Object.entries(selects).map(([name, select]) => [name, select.value]).filter(([, value]) => value));
    history.replaceState(null, "", `#${chosen}`);
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", write);
  all.addEventListener("click", () => {
    for (const select of Object.values(selects)) select.value = "";
    write();
    fields.find((field) => !field.hidden).lastChild.focus();
  });
  addEventListener("hashchange", read);
  read();
})();
