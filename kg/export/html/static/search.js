// Find things by name and alias, best first.

let searchIndex = null;

/** Letters and digits in lower case without accents: `Llama-2 7B` and `llama 2 7b` are one. */
function normal(text) {
  return String(text).slice(0, 300).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function openIndex() {
  searchIndex = [];
  for (let i = 0; i < G.n; i++) {
    if (typeOf(i).name === "Result") continue;
    const forms = [G.names[i], ...(G.aliases.get(i) || [])].map(normal);
    searchIndex.push({ i, forms, joined: forms.map((form) => form.replaceAll(" ", "")), weight: Math.log2(1 + degreeOf(i)) });
  }
}

/** The nodes that answer a query, with the alias that did where the name did not. */
function search(query, most, only) {
  const sought = normal(query);
  if (!sought) return [];
  if (!searchIndex) openIndex();
  const joined = sought.replaceAll(" ", "");
  const words = sought.split(" ");
  const hits = [];
  for (const entry of searchIndex) {
    if (only && !only(entry.i)) continue;
    let best = 0;
    let form = 0;
    for (let f = 0; f < entry.forms.length; f++) {
      const score = likeness(entry.forms[f], entry.joined[f], sought, joined, words) - (f ? 4 : 0);
      if (score > best) [best, form] = [score, f];
    }
    if (best > 0) hits.push({ i: entry.i, score: best + 2 * entry.weight, alias: form ? G.aliases.get(entry.i)[form - 1] : "" });
  }
  hits.sort((a, b) => b.score - a.score || a.i - b.i);
  return hits.length || joined.length < 4 ? hits.slice(0, most) : misspelt(joined, most, only);
}

function likeness(form, joinedForm, sought, joined, words) {
  if (form === sought || joinedForm === joined) return 120;
  const rest = Math.min(20, (joinedForm.length - joined.length) * 0.6);
  if (` ${form} `.includes(` ${sought} `)) return 82 - rest;
  if (form.startsWith(sought) || joinedForm.startsWith(joined)) return 74 - rest;
  if (` ${form}`.includes(` ${sought}`)) return 62 - rest;
  if (joined.length > 2 && joinedForm.includes(joined)) return 45 - rest;
  if (words.length > 1 && words.every((word) => ` ${form}`.includes(` ${word}`))) return 40 - rest;
  return 0;
}

/** Names that share most of their letter pairs with what was typed. */
function misspelt(joined, most, only) {
  const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const wanted = pairs(joined);
  const hits = [];
  for (const entry of searchIndex) {
    if (only && !only(entry.i)) continue;
    const name = entry.joined[0];
    if (Math.abs(name.length - joined.length) > 4) continue;
    const own = pairs(name);
    let shared = 0;
    for (const pair of own) if (wanted.has(pair)) shared++;
    const score = (2 * shared) / (own.size + wanted.size || 1);
    if (score > 0.5) hits.push({ i: entry.i, score, alias: "" });
  }
  return hits.sort((a, b) => b.score - a.score).slice(0, most);
}
