// The panel of a paper: title, date, link, and its evidence sentences grouped by role with every mention marked.

const OWN_ROLES = ["INTRODUCES", "TRAINS_ON", "EVALUATES_ON", "RUNS_ON", "COMPARES_WITH", "USES", "ADDRESSES", "MEASURES", "MENTIONS"];

function paperPanel(i) {
  const rows = rowsOf(i);
  const parts = [heading(i), byline(i, rows), actions(i)];
  for (const kind of OWN_ROLES) parts.push(roleSection(kind, rows.get(`${kind}>`) || []));
  const told = new Set([...OWN_ROLES, "WRITTEN_BY", "PUBLISHED_BY", "HAS_CODE", "REPORTS"].map((kind) => `${kind}>`));
  for (const [key, items] of rows) if (!told.has(key)) parts.push(section(said(key.slice(0, -1), key.endsWith("<")), items));
  const results = resultsOf(i);
  parts.push(resultsTable(results, ["subject", "dataset", "metric", "value"]));
  if (results.length) parts.push(h("div", { class: "role" }, quotations(results.flatMap((result) => result.links), 6)));
  const near = nearPapers(i);
  if (near.length) parts.push(h("section", null, h("h3", null, "Papers that share the most with it"), h("ul", { class: "rows" }, near.map(([j, many]) => h("li", null, thing(j, `${counted(many, "thing")} in common${G.year[j] ? ` · ${G.year[j]}` : ""}`))))));
  return parts;
}

function byline(i, rows) {
  const facts = factsOf(i);
  const writers = (rows.get("WRITTEN_BY>") || []).map((item) => plain(G.names[item.other], 60));
  const authors = writers.length ? writers : (facts.authors || []).map((name) => plain(name, 60));
  const line = [G.dates[i], facts.organization && plain(facts.organization, 80)].filter(Boolean);
  const address = facts.url || (/^\d{4}\.\d{4,5}(v\d+)?$/.test(facts.arxiv_id || "") ? `https://arxiv.org/abs/${facts.arxiv_id}` : "");
  const code = (rows.get("HAS_CODE>") || []).map((item) => outward(factsOf(item.other).url, `Code: ${plain(G.names[item.other], 60)}`));
  return [
    line.length ? h("p", { class: "summary" }, line.join(" · ")) : null,
    authors.length ? h("p", { class: "quiet" }, authors.slice(0, 8).join(", "), authors.length > 8 ? ` and ${authors.length - 8} more` : "") : null,
    h("p", { class: "links" }, address ? outward(address, "Read the paper") : null, code),
  ];
}

/** One role: the things as chips with quantities, then each sentence once. */
function roleSection(kind, rows) {
  if (!rows.length) return null;
  const links = rows.flatMap((item) => item.links);
  return h("section", { class: "role", data: { role: kind } },
    h("h3", null, said(kind, false), h("span", { class: "count" }, String(rows.length))),
    h("div", { class: "chips" }, rows.map((item) => thing(item.other, item.links.flatMap(quantities).join(" · "), { class: "thing chip" }))),
    quotations(links, 6));
}

/** Papers with the most things in common, common things counting less. */
function nearPapers(i) {
  const score = new Map();
  const many = new Map();
  for (const e of linksAt(i)) {
    const j = otherEnd(e, i);
    const papers = papersAt(j);
    if (G.type[j] === G.paper || papers.length > 400) continue;
    for (const other of papers) {
      if (other === i) continue;
      score.set(other, (score.get(other) || 0) + 1 / Math.log2(2 + papers.length));
      many.set(other, (many.get(other) || 0) + 1);
    }
  }
  return [...score].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5).map(([j]) => [j, many.get(j)]);
}
