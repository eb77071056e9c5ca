/* Text to the words that search knows it by: the same as generator/finding/words.py. */
"use strict";
window.words = (() => {
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
  const LONGEST = 40;

  /* Stems of English words in small letters: the algorithm of Martin Porter in its second form, as Snowball 3 has it (snowballstem.org). */
  const FIXED = { andes: "andes", atlas: "atlas", bias: "bias", cosmos: "cosmos", early: "earli", gently: "gentl", howe: "howe", idly: "idl", news: "news", only: "onli", singly: "singl", skies: "sky", skis: "ski", sky: "sky", ugly: "ugli" };
  const SECOND = { tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate", ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulli: "ful", fulness: "ful", ousli: "ous", ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogist: "og", ogi: "og", lessli: "less", li: "" };
  const THIRD = { tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "" };
  const FOURTH = Object.fromEntries("ic ance ence able ible ate ive ize iti al ism ion er ous ant ent ment ement".split(" ").map((ending) => [ending, ""]));
  const BEFORE = { ogi: /l$/, li: /[cdeghkmnrt]$/, ion: /[st]$/ };
  const short = (word) => /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/.test(word);

  const stem = (word) => {
    if (Object.hasOwn(FIXED, word)) return FIXED[word];
    if (word.length < 3) return word;
    let w = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const region = (from) => {
      const at = w.slice(from).search(/[aeiouy][^aeiouy]/);
      return at < 0 ? w.length : from + at + 2;
    };
    const first = w.match(/^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/)?.[0].length ?? region(0);
    const second = region(first);
    const swap = (endings, from) => {
      const ending = Object.keys(endings).filter((e) => w.endsWith(e)).sort((a, b) => b.length - a.length)[0];
      if (ending === undefined) return;
      const rest = w.slice(0, -ending.length);
      if (rest.length >= (ending === "ative" ? second : from) && (BEFORE[ending]?.test(rest) ?? true)) w = rest + endings[ending];
    };

    if (/sses$/.test(w)) w = w.slice(0, -2);
    else if (/ie[ds]$/.test(w)) w = w.slice(0, w.length > 4 ? -2 : -1);
    else if (/[aeiouy].+s$/.test(w) && !/[su]s$/.test(w)) w = w.slice(0, -1);

    const ending = w.match(/(?:eedly|ingly|edly|eed|ing|ed)$/)?.[0] ?? "";
    const rest = w.slice(0, w.length - ending.length);
    if (ending.startsWith("ee")) {
      if (rest.length >= first && !/^(?:succ|proc|exc)$/.test(rest)) w = `${rest}ee`;
    } else if (ending === "ing" && /^[^aeiouy]y$/.test(rest)) w = `${rest[0]}ie`;
    else if (ending && !(ending === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(rest)) && /[aeiouy]/.test(rest)) {
      if (/(?:at|bl|iz)$/.test(rest)) w = `${rest}e`;
      else if (/([bdfgmnprt])\1$/.test(rest)) w = /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
      else w = rest.length === first && short(rest) ? `${rest}e` : rest;
    }
    w = w.replace(/(.[^aeiouy])[yY]$/, "$1i");
    swap(SECOND, first);
    swap(THIRD, first);
    swap(FOURTH, second);
    const last = w.slice(0, -1);
    if (w.endsWith("e") && (last.length >= second || (last.length >= first && !short(last)))) w = last;
    else if (w.endsWith("ll") && last.length >= second) w = last;
    return w.toLowerCase();
  };

  const fold = (text) =>
    text.replace(/[’‘ʼ]/g, "'").replace(/[‐‑]/g, "-").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter]);

  /* The words of a text: as they are written, and what they are found by. */
  return (text) => {
    const found = fold(text).replace(/(\d),(?=\d{3}(?!\d))/g, "$1").match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];
    const parts = found.flatMap((word) => word.split("-")).map((part) => part.replace(/'s$/, "").replaceAll("'", ""));
    return parts.filter(Boolean).map((part) => {
      const raw = [...part].slice(0, LONGEST).join("");
      return { raw, term: /^[a-z]+$/.test(raw) ? stem(raw) : raw };
    });
  };
})();
