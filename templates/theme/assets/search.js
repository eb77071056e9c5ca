/* The search dialog over what `seek.js` finds: facts, names, topics and sources. All that the index holds is text. */
"use strict";
(() => {
  const SHOWN = 10;
  const FACETS = { kind: "Kind", topic: "Topic", person: "Person", organisation: "Organisation", place: "Place", year: "Year" };
  const SMALL = ["kind", "year"]; // counted at once; what the other facets take is fetched when a reader turns to them
  const HINT = "Type words, a name, a place or a number, or choose a filter.";
  const root = new URL(`${document.documentElement.dataset.root.replace(/\/$/, "")}/`, location.href);
  const style = { rel: "stylesheet", href: new URL("assets/search.css", root) };
  const glossary = document.querySelector(".find a").href;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

  const input = make("input", { type: "search", id: "q", autocomplete: "off", spellcheck: "false" });
  const close = make("button", { type: "button" }, "Close");
  const clear = make("button", { type: "button" }, "Clear filters");
  const more = make("button", { type: "button" }, "Show more");
  const status = make("p", { role: "status" });
  const list = make("ol");
  const order = make("select", { id: "order" }, make("option", { value: "" }, "Best match"), make("option", { value: "day" }, "Newest first"));
  const any = () => make("option", { value: "" }, "Any");
  const selects = Object.fromEntries(Object.keys(FACETS).map((name) => [name, make("select", { id: `in-${name}` }, any())]));
  const field = (label, control) => make("p", {}, make("label", { for: control.id }, label), control);
  const slash = make("input", { type: "checkbox", id: "slash" });
  const fields = [...Object.entries(FACETS).map(([name, label]) => field(label, selects[name])), field("Order", order)];
  const filters = make("details", {}, make("summary", {}, "Filters and order"), make("div", { class: "filters" }, ...fields));
  const away = make("p", {}, "Every name, alias and topic also stands in ", make("a", { href: glossary }, "A–Z"), ".");
  const form = make("form", { role: "search" }, make("label", { for: "q" }, "Search facts, names and sources"), make("div", { class: "query" }, input, close), filters);
  const keys = make("p", {}, make("label", {}, slash, " The key / opens search"));
  const dialog = make("dialog", { class: "search", "aria-label": "Search" }, form, status, clear, list, more, away, keys);
  document.head.append(make("link", style));
  document.body.append(dialog);

  let index;
  let turn = 0;
  let answer;
  let found = [];
  let at = 0;
  let filtering = false;

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = make("script", { src: new URL(`assets/${name}`, root) });
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  const load = async () => {
    await Promise.all(["words.js", "seek.js"].map(script));
    return seek(root);
  };

  const chosen = () => Object.fromEntries(Object.entries(selects).filter(([, s]) => s.value).map(([name, s]) => [name, s.value]));

  const remember = (words, picked) => {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", "order", ...Object.keys(FACETS)]) query.delete(name);
    if (words !== null) {
      query.set("q", words);
      for (const [name, value] of Object.entries({ ...picked, order: order.value })) if (value) query.set(name, value);
    }
    const text = `${query}`;
    history.replaceState(null, "", `${location.pathname}${text && "?"}${text}${location.hash}`);
  };

  /* The choices of a facet with how many results each leaves, the other filters applied. */
  const fill = (name, counts = {}) => {
    const select = selects[name];
    const values = Object.entries(counts).filter(([value, n]) => n || value === select.value);
    values.sort(([a], [b]) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b)));
    const options = values.map(([value, n]) => make("option", { value }, `${value} (${n})`));
    const kept = select.value;
    select.replaceChildren(any(), ...options);
    select.value = kept;
    select.parentElement.hidden = !values.length;
  };

  const marked = (text) =>
    text.split(/\s+/).flatMap((word, n) => {
      const before = n ? [" "] : [];
      if (!answer?.marks(word)) return [...before, word];
      const [, start, inner, end] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
      return [...before, start, make("mark", {}, inner), end];
    });

  const item = ({ url, content, title, kind, date, state, cite, names }) => {
    const text = marked(content);
    const told = title ? [title] : text;
    const about = title ? [kind, " · ", ...text] : [[date, kind, state, cite].filter(Boolean).join(" · ")];
    const named = !title && names && !text.some((part) => part instanceof Element) ? [make("p", {}, `Also names ${names}`)] : [];
    return make("li", {}, make("a", { href: new URL(url.replace(/^\//, ""), root) }, ...told), make("p", {}, ...about), ...named);
  };

  const show = async (mine, engine) => {
    const next = await Promise.all(found.slice(at, at + SHOWN).map(engine.record));
    if (mine !== turn) return;
    at += next.length;
    list.append(...next.map(item));
    more.hidden = at >= found.length;
  };

  /* Offer what is left to choose: the small facets, and all of them once a reader turns to the filters. */
  const offer = async (mine, engine) => {
    const names = filtering ? Object.keys(FACETS) : SMALL;
    const counts = await Promise.all(names.map((name) => (answer ? answer.counts(name) : engine.totals(name))));
    if (mine === turn) names.forEach((name, n) => fill(name, counts[n]));
  };

  const tell = (text) => {
    status.textContent = text;
  };

  const search = async (again) => {
    const mine = ++turn;
    list.ariaBusy = "true";
    const words = input.value.trim();
    const filter = chosen();
    const filtered = Object.keys(filter).length > 0;
    remember(words, filter);
    try {
      index ??= load();
      const engine = await index;
      if (mine !== turn) return;
      clear.hidden = !filtered;
      filters.open ||= filtered;
      const next = words || filtered ? await engine.search(input.value, filter, order.value) : undefined;
      if (mine !== turn) return;
      answer = next;
      found = answer?.found ?? [];
      at = 0;
      list.replaceChildren();
      if (!answer) tell(HINT);
      else if (found.length) tell(count(found.length, "result"));
      else if (filtered && answer.unfiltered) tell(`Nothing fits these filters; ${count(answer.unfiltered, "result")} without them.`);
      else if (answer.wide) tell("Go on typing: too many words begin like this.");
      else tell("No fact, name or source holds these words. Try fewer words, or other ones.");
      await show(mine, engine);
      await offer(mine, engine);
      if (mine === turn) list.ariaBusy = "false";
    } catch {
      index = undefined;
      if (mine !== turn) return;
      if (again === true) unavailable();
      else await search(true); // the site may have been built anew since
    }
  };

  const unavailable = () => {
    filters.hidden = clear.hidden = more.hidden = true;
    input.disabled = true;
    list.replaceChildren();
    list.ariaBusy = "false";
    tell("The search index could not be loaded.");
    away.querySelector("a").focus();
  };

  let timer;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    turn++;
    list.ariaBusy = "true";
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  filters.addEventListener("change", search);
  for (const turned of ["pointerenter", "focusin", "toggle"])
    filters.addEventListener(turned, async () => {
      if (filtering || !index || (turned === "toggle" && !filters.open)) return;
      filtering = true;
      const mine = turn;
      await offer(mine, await index).catch(() => (filtering = false));
    });
  clear.addEventListener("click", () => {
    for (const select of Object.values(selects)) select.value = "";
    input.focus();
    search();
  });
  more.addEventListener("click", async () => {
    const last = list.lastElementChild;
    await show(turn, await index);
    last.nextElementSibling?.querySelector("a").focus();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.pathname === location.pathname && !event.ctrlKey && !event.metaKey) dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    turn++;
    remember(null);
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...list.querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    if (!step || here < 0 || !stops[here + step]) return;
    event.preventDefault();
    stops[here + step].focus();
  });
  try {
    slash.checked = !localStorage.getItem("no-slash");
    slash.addEventListener("change", () => (slash.checked ? localStorage.removeItem("no-slash") : localStorage.setItem("no-slash", "1")));
  } catch {
    keys.hidden = true;
  }

  window.openSearch = () => {
    if (dialog.open) return;
    const query = new URLSearchParams(location.search);
    if (query.has("q")) {
      input.value = query.get("q");
      order.value = query.get("order") ?? "";
      for (const [name, select] of Object.entries(selects)) {
        const value = query.get(name);
        select.replaceChildren(any(), ...(value ? [make("option", { value }, value)] : []));
        select.value = value ?? "";
      }
    }
    dialog.showModal();
    input.focus();
    input.select();
    search();
  };
})();
