/* The reader's own copy of an article, lit up by offsets and hashes; see generator/copies.py. */
"use strict";
(() => {
  const K = new Int32Array(64), START = new Int32Array(64), w = new Int32Array(64), turn = (x, n) => x >>> n | x << 32 - n;
  for (let n = 2, i = 0, d; i < 64; n++) {
    for (d = 2; n % d;) d++;
    if (d === n) START[i] = Math.sqrt(n) * 2 ** 32, K[i++] = Math.cbrt(n) * 2 ** 32;
  }

  const utf8 = text => new TextEncoder().encode(text);

  function sha256(bytes) {
    const size = bytes.length + 72 & ~63;
    const data = new Uint8Array(size), view = new DataView(data.buffer), h = START.slice(0, 8);
    data.set(bytes);
    data[bytes.length] = 128;
    view.setUint32(size - 4, bytes.length * 8);
    for (let at = 0; at < size; at += 64) {
      let [a, b, c, d, e, f, g, z] = h;
      for (let i = 0; i < 64; i++) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = i < 16 ? view.getInt32(at + 4 * i) : w[i - 16] + w[i - 7]
          + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
        const t = z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i];
        const u = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
        z = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
      }
      [a, b, c, d, e, f, g, z].forEach((v, i) => h[i] += v);
    }
    return Array.from(h, v => (v >>> 0).toString(16).padStart(8, 0)).join("");
  }

  const normal = text => text.replace(/\r\n?/g, "\n").replace(/[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029]/g, " ")
    .normalize("NFC").trim();
  const united = text => text.replace(/[“”„‟«»″]/g, '"').replace(/[‘’‚‛′`]/g, "'").replace(/[‐‑–—−]/g, "-");
  const inWord = c => /[\p{L}\p{N}_]/u.test(c || "");

  /* Where facts stand in a copy: [start, end] in characters, or undefined. */
  function search(text, facts) {
    const chars = Array.from(united(text)), place = [], opens = [], closes = [], key = [], at = [0];
    chars.forEach((c, i) => {
      if (/[\s\u00ad\u200b-\u200d\u2060]/.test(c)) return;
      if (inWord(c) && !inWord(chars[i - 1])) opens.push(place.length);
      place.push(i);
      closes[place.length] = inWord(c) && !inWord(chars[i + 1]);
      at.push(key.push(...utf8(c)));
    });
    const bytes = Uint8Array.from(key);
    let from = 0;  // facts come in order, so words said twice are found where they are meant
    return facts.map(([, , length, hash]) => {
      for (let n = 0; n < opens.length; n++) {
        const o = (from + n) % opens.length, k = opens[o], end = k + length;
        if (closes[end] && sha256(bytes.subarray(at[k], at[end])).startsWith(hash)) {
          from = o;
          return [place[k], place[end - 1] + 1];
        }
      }
    });
  }

  function make(name, given, ...inner) {
    const made = Object.assign(document.createElement(name), given);
    made.append(...inner);
    return made;
  }
  const link = (mark, words) => make("a", { href: "#" + mark.id }, words);

  /* The text, marked; each mark leads to the innermost fact. */
  function lit(text, found) {
    const chars = Array.from(text);
    const cuts = [...new Set([0, chars.length, ...found.flat().filter(Number)])].sort((a, b) => a - b);
    return cuts.slice(1).map((end, i) => {
      const words = chars.slice(cuts[i], end).join("");
      const here = found.filter(f => f[1] <= cuts[i] && end <= f[2]).sort((a, b) => a[2] - a[1] - b[2] + b[1]);
      return here[0] ? make("mark", { className: here[1] ? "deep" : "" }, link(here[0][0], words)) : words;
    });
  }

  function open() {
    const facts = Array.from(document.querySelectorAll("[data-key]"), ({ id, dataset: { at, key }, textContent }) => {
      const [length, hash] = key.split("-");
      return [{ id, textContent }, at.split("-").map(Number), +length, hash];
    }).sort(([, a], [, b]) => a[0] - b[0] || b[1] - a[1]);
    const all = facts.length + (facts[1] ? " facts" : " fact");
    const area = make("textarea", { id: "own-copy", rows: 6, spellcheck: false });
    const said = make("p", { role: "status" }), shown = make("div", { className: "lit" });
    const look = () => {
      const text = normal(area.value), same = sha256(utf8(text)) === box.dataset.sha256;
      const places = same ? facts.map(f => f[1]) : search(text, facts);
      const missing = facts.filter((f, i) => !places[i]), n = facts.length - missing.length;
      said.replaceChildren(!text ? "Paste the text of the article first."
        : same ? `This is the same text, to the letter. It holds all ${all}.`
        : !n ? `This text holds none of the ${all}.`
        : `Your copy is not the same to the letter. It holds ${missing[0] ? n + " of" : "all"} ${all}.`);
      if (n && missing[0]) said.append(" Not found: ", ...missing.flatMap(([mark], i) =>
        [i ? "; " : "", link(mark, mark.textContent.split(" ", 6).join(" "))]));
      shown.replaceChildren(...n ? lit(text, facts.map(([mark], i) => [mark, ...places[i] || []]).filter(f => f[2])) : []);
    };
    area.onpaste = () => setTimeout(look);
    box.append(make("label", { htmlFor: area.id }, "Text of the article"), area,
      make("button", { type: "button", onclick: look }, "Light up the facts"), said, shown);
  }

  const box = document.querySelector(".copy");
  if (box) box.addEventListener("toggle", open, { once: true });

  /* The fact whose words the address leads to. */
  const point = () => document.querySelectorAll(".permalink").forEach(a =>
    a.closest("section > ul > li").classList.toggle("here", a.hash === location.hash));
  addEventListener("hashchange", point);
  point();
})();
