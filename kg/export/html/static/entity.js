// The panel of a thing: names, variants, who introduced it, papers by role and year, what it goes with, results.

const PAPER_ROLES = ["RUNS_ON", "USES", "TRAINS_ON", "EVALUATES_ON", "COMPARES_WITH", "ADDRESSES", "MEASURES", "MENTIONS"];
const RELATIONS = ["COMPARED_WITH", "BASED_ON", "TRAINED_ON", "EVALUATED_ON", "RUNS_ON", "PART_OF"];
const COMPANIONS = [["Dataset", "Datasets"], ["Hardware", "Hardware"], ["Model", "Models"], ["Method", "Methods"], ["Task", "Tasks"]];

function entityPanel(i) {
  const rows = rowsOf(i);
  const papersOnly = (key) => (rows.get(key) || []).filter((item) => G.type[item.other] === G.paper);
  const thingsOnly = (key) => (rows.get(key) || []).filter((item) => G.type[item.other] !== G.paper);
  const children = familyOf(i);
  const parts = [heading(i), names(i), actions(i), summary(i, rows)];
  parts.push(section("Variants", rows.get("VARIANT_OF<") || [], { bare: true, most: 10 }));
  parts.push(section("Variant of", rows.get("VARIANT_OF>") || [], { bare: true }));
  parts.push(section("Introduced by", papersOnly("INTRODUCES<")));
  const roles = [yearChart(papersAt(i)), ...PAPER_ROLES.map((kind) => {
    const title = kind === "RUNS_ON" ? "Papers that run on it" : said(kind, true);
    return section(title, withFamily(papersOnly(`${kind}<`), children, kind));
  })];
  const relations = RELATIONS.flatMap((kind) => relationSections(kind, thingsOnly(`${kind}>`), thingsOnly(`${kind}<`)));
  parts.push(...(["Method", "Model"].includes(typeOf(i).name) ? [...relations, ...roles] : [...roles, ...relations]));
  for (const [key, items] of rows) if (!isTold(key)) parts.push(section(said(key.slice(0, -1), key.endsWith("<")), items));
  const companions = goesWith(i);
  if (companions.length) parts.push(h("section", null, h("h3", null, "Goes with"), h("p", { class: "quiet" }, "in the same papers"), companions));
  parts.push(resultsTable(resultsOf(i), typeOf(i).name === "Dataset" ? ["subject", "metric", "value", "paper"] : ["subject", "dataset", "metric", "value", "paper"]));
  return parts;
}

/** A relation between things, from either end; one that reads alike from both is one section. */
function relationSections(kind, there, back) {
  if (said(kind, false) === said(kind, true)) return [section(said(kind, false), merged(there, back))];
  return [section(said(kind, false), there), section(kind === "RUNS_ON" ? "Things that run on it" : said(kind, true), back)];
}

function isTold(key) {
  const kind = key.slice(0, -1);
  const told = [...RELATIONS, "VARIANT_OF", "OF_SUBJECT", "ON_DATASET", "IN_METRIC", "REPORTS"].includes(kind);
  return told || (key.endsWith("<") && (PAPER_ROLES.includes(kind) || kind === "INTRODUCES"));
}

function heading(i) {
  const { name, colour, shape, definition } = typeOf(i);
  return [h("p", { class: "type", title: definition }, glyph(shape, colour), name), h("h2", { id: "panel-title", tabindex: "-1", dir: "auto" }, plain(G.names[i], 600))];
}

function names(i) {
  const facts = factsOf(i);
  const aliases = G.aliases.get(i) || [];
  const out = [];
  if (aliases.length) out.push(h("p", { class: "aliases" }, "Also called ", aliases.slice(0, 12).flatMap((alias, k) => [k ? ", " : "", bdi(alias, 80)]), aliases.length > 12 ? ` and ${aliases.length - 12} more` : ""));
  if (facts.also) out.push(h("p", { class: "quiet" }, `Some papers take it for a ${facts.also.map((t) => plain(t, 30)).join(" or a ")}`));
  const known = [facts.parameters && `${short(facts.parameters)} parameters`, facts.memory_gb && `${facts.memory_gb} GB`].filter(Boolean);
  if (known.length) out.push(h("p", { class: "quiet" }, known.join(" · ")));
  if (facts.url) out.push(h("p", null, outward(facts.url, plain(facts.url, 80))));
  return out;
}

function summary(i, rows) {
  const papers = papersAt(i);
  const years = papers.map((paper) => G.year[paper]).filter(Boolean);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const span = !years.length ? "" : first === last ? `, ${first}` : `, ${first}–${last}`;
  const hidden = linksAt(i).length - [...rows.values()].flat().reduce((sum, item) => sum + item.links.length, 0);
  return [h("p", { class: "summary" }, counted(papers.length, "paper"), span), hidden ? h("p", { class: "quiet" }, `The filters hide ${counted(hidden, "link")}.`) : null];
}

/** All papers that link to a node. */
function papersAt(i) {
  const found = new Set();
  for (const e of linksAt(i)) if (G.type[G.source[e]] === G.paper && G.source[e] !== i && readable(e)) found.add(G.source[e]);
  return [...found];
}

/** The variants below a thing, and theirs. */
function familyOf(i) {
  const kind = G.kindNumber.get("VARIANT_OF");
  const found = new Set();
  let edge = [i];
  for (let step = 0; step < 3 && edge.length; step++) {
    const next = [];
    for (const j of edge) for (const e of linksAt(j)) if (G.kind[e] === kind && G.target[e] === j && !found.has(G.source[e]) && G.source[e] !== i) {
      found.add(G.source[e]);
      next.push(G.source[e]);
    }
    edge = next;
  }
  return [...found];
}

/** Papers of a role, and those that name a variant in that role. */
function withFamily(own, children, kind) {
  const seen = new Set(own.map((item) => item.other));
  const wanted = G.kindNumber.get(kind);
  const out = [...own];
  for (const child of children) {
    for (const e of linksAt(child)) {
      const paper = G.source[e];
      if (G.kind[e] !== wanted || G.type[paper] !== G.paper || seen.has(paper) || !readable(e)) continue;
      seen.add(paper);
      out.push({ other: paper, links: [e], via: child });
    }
  }
  return out.sort(byYearThenWeight);
}

function merged(one, two) {
  const by = new Map(one.map((item) => [item.other, { other: item.other, links: [...item.links] }]));
  for (const item of two) {
    if (by.has(item.other)) by.get(item.other).links.push(...item.links);
    else by.set(item.other, item);
  }
  return [...by.values()];
}

/** Other things of the same papers, by type, those in the most papers first. */
function goesWith(i) {
  const many = new Map();
  const mention = G.kindNumber.get("MENTIONS");
  for (const paper of papersAt(i)) {
    const seen = new Set();
    for (const e of linksAt(paper)) {
      const j = otherEnd(e, paper);
      if (j === i || G.kind[e] === mention || seen.has(j) || !readable(e)) continue;
      seen.add(j);
      many.set(j, (many.get(j) || 0) + 1);
    }
  }
  const ordered = [...many].sort((a, b) => b[1] - a[1] || degreeOf(b[0]) - degreeOf(a[0]) || a[0] - b[0]);
  return COMPANIONS.map(([type, title]) => chips(title, ordered.filter(([j]) => typeOf(j).name === type))).filter(Boolean);
}
