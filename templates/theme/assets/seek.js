/* The search engine: it fetches of the index what a question needs. How the files are made, and what stands in them: generator/finding. */
"use strict";
window.seek = async (root) => {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  for (let n = 0; n < 64; n++) VALUE[DIGITS.charCodeAt(n)] = n;
  const GROUPS = ["topic", "person", "organisation", "place"];
  const SHOWN = ["url", "content", "title", "kind", "date", "state", "cite", "names"];
  const WEIGHTS = [0.5, 1, 1.4, 3];
  const RANKS = 65536; // an id is the place of a record × this + its rank there
  const UNDATED = 14;
  const WITHIN = 6;
  const COMMON = { records: 5000, share: 1 / 8 }; // a word that more hold says little beside others
  const FILES = 8; // of terms, at most, for the beginning of a word
  const BEGUN = 20000; // records of large terms, at most, for the beginning of a word
  const CUT = 4; // letters, at most, that a word being typed has more than a term

  /* Files. Each calls `searched` with what it holds. */
  const files = new Map();
  const load = (path) => {
    if (!files.has(path)) {
      const script = document.createElement("script");
      window.searched = (value) => (document.currentScript.held = value);
      const loaded = new Promise((resolve, reject) => {
        script.onload = () => ("held" in script ? resolve(script.held) : reject(new Error(path)));
        script.onerror = () => reject(new Error(path));
      }).finally(() => script.remove());
      loaded.catch(() => files.delete(path));
      files.set(path, loaded);
      script.src = new URL(`finding/${path}`, root);
      document.head.append(script);
    }
    return files.get(path);
  };
  const index = await load(`index.js?${Date.now()}`);
  const years = new Map(index.years.map(([year, version, kinds, subjects]) => [year, { version, kinds, subjects }]));

  /* Numbers of an encoded text, one after the other. */
  const reader = (text) => {
    let at = 0;
    return {
      more: () => at < text.length,
      is: (mark) => text[at] === mark && ++at,
      next: () => {
        for (let value = 0; ; ) {
          const digit = VALUE[text.charCodeAt(at++)];
          value = value * 32 + (digit & 31);
          if (digit < 32) return value;
        }
      },
    };
  };

  /* Terms. */
  const shard = (term) => {
    let [from, to] = [0, index.cuts.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (index.cuts[middle] <= term) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const shards = async (from, to) => {
    const names = index.words.slice(from, to + 1);
    return Promise.all(names.map((name) => load(`words/${name}.js`)));
  };
  const entry = (term, held) => (Object.hasOwn(held, term) ? { term, held: held[term], large: held[term].length === 3, records: held[term].length === 3 ? held[term][0] : 0 } : undefined);
  const exact = async (term) => entry(term, (await shards(shard(term), shard(term)))[0] ?? {});
  const beginning = async (start, but) => {
    const [from, to] = [shard(start), shard(`${start}\uffff`)];
    if (to - from >= FILES) return { found: [], wide: true };
    const all = (await shards(from, to)).flatMap((held) => Object.keys(held).map((term) => [term, held]));
    let left = BEGUN;
    const found = all.filter(([term]) => term.startsWith(start) && term !== but).map(([term, held]) => entry(term, held));
    found.sort((a, b) => a.term.length - b.term.length);
    return { found: found.filter((one) => !one.large || (left -= one.records) > 0), wide: false };
  };
  const texts = ({ held, large }, both) => Promise.all((large ? held.slice(1) : held).slice(0, both ? 2 : 1).map((text) => (large ? load(`words/${text}.js`) : text)));
  const postings = (where) => {
    const [ids, weights, read] = [[], [], reader(where)];
    for (let place = 0; read.more(); ) {
      place += read.next();
      while (!read.is(";")) {
        const value = read.next();
        ids.push(place * RANKS + (value >> 2));
        weights.push(value & 3);
      }
    }
    return { ids, weights };
  };

  /* A part of a question: records that hold one of some terms, with how well. */
  const scored = async (entries, full) => {
    const score = new Map();
    for (const found of entries) {
      const [where] = await texts(found);
      const { ids, weights } = postings(where);
      const rare = Math.log(1 + index.records / ids.length) * (found.term === full ? 1 : 0.5);
      ids.forEach((id, n) => score.set(id, Math.max(score.get(id) ?? 0, rare * WEIGHTS[weights[n]])));
    }
    return score;
  };
  const word = async ({ raw, term }, typing, alone) => {
    const whole = await exact(term);
    const common = !alone && whole && whole.records > Math.max(COMMON.records, index.records * COMMON.share);
    const begun = !common && (typing || !whole) && raw.length > 1 ? await beginning(raw, term) : { found: [], wide: raw.length === 1 };
    const found = [...(whole ? [whole] : []), ...begun.found];
    for (let cut = 1; typing && !found.length && cut <= CUT && raw.length - cut > 2; cut++) {
      const shorter = await exact(raw.slice(0, -cut));
      if (shorter) found.push(shorter);
    }
    const terms = new Set(found.map((one) => one.term));
    return {
      common,
      wide: typing && begun.wide && !found.length,
      marks: (token) => terms.has(token.term),
      score: () => scored(found, term),
    };
  };
  const phrase = async (said) => {
    const found = await Promise.all(said.map(({ term }) => exact(term)));
    const score = async () => {
      if (found.includes(undefined)) return new Map();
      const all = await Promise.all(found.map((one) => texts(one, true)));
      const lists = all.map(([where, at]) => {
        const inner = at.replaceAll(";", "").split(",");
        return new Map(postings(where).ids.map((id, n) => [id, inner[n]]));
      });
      const places = (text) => {
        const [read, told] = [reader(text), new Set()];
        for (let at = 0; read.more(); told.add((at += read.next())));
        return told;
      };
      const holds = (id) => {
        const [first, ...others] = lists.map((list) => places(list.get(id)));
        return [...first].some((at) => others.every((told, n) => told.has(at + n + 1)));
      };
      const ids = [...lists[0].keys()].filter((id) => lists.every((list) => list.has(id)) && holds(id));
      return new Map(ids.map((id) => [id, Math.log(1 + index.records / ids.length) * 2]));
    };
    const terms = new Set(said.map(({ term }) => term));
    return { common: false, wide: false, marks: (token) => terms.has(token.term), score };
  };

  /* What stands by year: kinds and years of all records; days and subjects. */
  const placeOf = (id) => Math.floor(id / RANKS);
  const dayOf = (place) => (place >> UNDATED ? place >> WITHIN : 0);
  const calendar = new Map();
  const yearOf = (id) => {
    const day = dayOf(placeOf(id));
    if (!calendar.has(day)) calendar.set(day, day ? `${new Date((day - 719163) * 864e5).getUTCFullYear()}` : "");
    return calendar.get(day);
  };
  const tables = new Map();
  const table = (year, what) => {
    const name = `${year} ${what}`;
    const file = years.get(year)?.[what];
    if (!tables.has(name)) {
      const made = file ? load(`years/${file}.js`).then(what === "kinds" ? kinds : subjects) : Promise.resolve(new Map());
      made.catch(() => tables.delete(name));
      tables.set(name, made);
    }
    return tables.get(name);
  };
  const kinds = (held) => {
    const [found, read] = [new Map(), reader(held.of)];
    for (let place = 0; read.more(); ) {
      place += read.next();
      for (let rank = 0; !read.is(";"); rank++) {
        const code = read.next();
        found.set(place * RANKS + rank, { kind: [held.kinds[code % held.kinds.length]], year: [held.years[Math.floor(code / held.kinds.length)]] });
      }
    }
    return found;
  };
  const subjects = (held) => {
    const [found, read] = [new Map(), reader(held.of)];
    for (let place = 0; read.more(); ) {
      place += read.next();
      const own = [];
      while (!read.is(",")) own.push(held.subjects[read.next()]);
      for (let rank = 0; !read.is(";"); rank++) {
        const code = read.next();
        const record = { day: code && dayOf(place) + (code % 2 ? (code - 1) / 2 : -code / 2) };
        while (!read.is(".")) {
          const subject = own[read.next()];
          (record[GROUPS[subject[0]]] ??= []).push(subject.slice(1));
        }
        found.set(place * RANKS + rank, record);
      }
    }
    return found;
  };
  const all = async (ids, what) => {
    const found = await Promise.all([...new Set([...ids].map(yearOf))].map(async (year) => [year, await table(year, what)]));
    const byYear = new Map(found);
    return (id) => byYear.get(yearOf(id)).get(id) ?? {};
  };
  const everything = async () => (await Promise.all([...years.keys()].map((year) => table(year, "kinds")))).flatMap((one) => [...one.keys()]);
  const whatOf = (facet) => (GROUPS.includes(facet) ? "subjects" : "kinds");

  /* Newer sources first, the records of each in their order. */
  const newer = (a, b) => placeOf(b) - placeOf(a) || a - b;

  /* The records that have a value of a facet, as a test. */
  const having = async (facet, value, ids) => {
    if (!GROUPS.includes(facet)) {
      const of = await all(ids ?? (await everything()), "kinds");
      return (id) => of(id)[facet]?.[0] === value;
    }
    const found = await exact(`=${facet}=${value}`);
    const held = new Set(found ? postings((await texts(found))[0]).ids : []);
    return Object.assign((id) => held.has(id), { held });
  };

  const search = async (text, filter, order) => {
    const told = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)];
    const parts = [];
    const alone = words(text).length === 1;
    told.forEach((found, n) => {
      const said = words(found[1] ?? found[0]);
      const typing = found[1] === undefined && n === told.length - 1 && !/\s$/.test(text);
      if (found[1] !== undefined && said.length > 1) parts.push(phrase(said));
      else said.forEach((one, m) => parts.push(word(one, typing && m === said.length - 1, alone)));
    });
    const asked = await Promise.all(parts);
    const rare = asked.filter((part) => !part.common);
    const used = rare.length ? rare : asked;
    const scores = await Promise.all(used.map((part) => part.score()));
    scores.sort((a, b) => a.size - b.size);
    const score = new Map();
    for (const [id, first] of scores[0] ?? []) {
      const others = scores.slice(1).map((one) => one.get(id));
      if (!others.includes(undefined)) score.set(id, others.reduce((sum, one) => sum + one, first));
    }
    const chosen = Object.entries(filter);
    let ids = scores.length ? [...score.keys()] : undefined;
    const tests = new Map();
    for (const [facet, value] of chosen) tests.set(facet, await having(facet, value, ids));
    ids ??= [...([...tests.values()].find((test) => test.held)?.held ?? (chosen.length ? await everything() : []))];
    const within = (but) => ids.filter((id) => [...tests].every(([facet, test]) => facet === but || test(id)));
    const found = within();
    if (order) {
      const of = await all(found, "subjects");
      const days = new Map(found.map((id) => [id, of(id).day ?? 0]));
      found.sort((a, b) => days.get(b) - days.get(a) || newer(a, b));
    } else found.sort((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0) || newer(a, b));
    /* How many results each value of a facet leaves, the other filters applied. */
    const counts = async (facet) => {
      let left = found;
      if (facet in filter) left = scores.length ? within(facet) : (await everything()).filter((id) => [...tests].every(([name, test]) => name === facet || test(id)));
      const of = await all(left, whatOf(facet));
      const counted = Object.create(null);
      for (const id of left) for (const value of of(id)[facet] ?? []) if (value) counted[value] = (counted[value] ?? 0) + 1;
      return counted;
    };
    return {
      found,
      counts,
      unfiltered: scores.length ? ids.length : index.records,
      wide: asked.some((part) => part.wide),
      marks: (piece) => words(piece).some((token) => used.some((part) => part.marks(token))),
    };
  };

  /* How many records of a site each value of a facet has. */
  const totals = async (facet) => {
    if (!GROUPS.includes(facet)) return index[facet];
    const counted = Object.create(null);
    for (const one of await Promise.all([...years.keys()].map((year) => table(year, "subjects"))))
      for (const record of one.values()) for (const value of record[facet] ?? []) counted[value] = (counted[value] ?? 0) + 1;
    return counted;
  };

  /* What a result shows. */
  const record = async (id) => {
    const place = placeOf(id);
    const shelf = dayOf(place);
    const bits = shelf ? WITHIN : UNDATED;
    const parts = index.parts[shelf] ?? 0;
    const name = parts ? `${shelf}-${(place & ((1 << bits) - 1)) >> (bits - parts)}` : shelf;
    const held = await load(`records/${name}.js?${years.get(yearOf(id)).version}`);
    return Object.fromEntries(held[place][id % RANKS].map((text, n) => [SHOWN[n], text]));
  };

  return { search, totals, record };
};
