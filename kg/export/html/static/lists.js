// Rows of the panel: things, papers, the sentences beneath them.

/** Whether the filters let a link be read: like on the drawing, but whatever the types drawn. */
function readable(e) {
  if (state.kindsOff.has(G.kind[e]) || G.sure[e] < state.sure) return false;
  const [low, high] = G.span;
  if (state.from <= low && state.to >= high) return true;
  const paper = paperOf(e);
  return paper < 0 || (G.year[paper] >= state.from && G.year[paper] <= state.to);
}

/** The links of a node by kind and side: a map from `KIND>` or `KIND<` to rows `{other, links}`. */
function rowsOf(i) {
  const groups = new Map();
  for (const e of linksAt(i)) {
    if (!readable(e)) continue;
    const side = G.source[e] === i ? ">" : "<";
    const key = kindOf(e).name + side;
    if (!groups.has(key)) groups.set(key, new Map());
    const rows = groups.get(key);
    const other = otherEnd(e, i);
    if (!rows.has(other)) rows.set(other, { other, links: [] });
    rows.get(other).links.push(e);
  }
  return new Map([...groups].map(([key, rows]) => [key, [...rows.values()].sort(byYearThenWeight)]));
}

const byYearThenWeight = (a, b) => G.year[b.other] - G.year[a.other] || degreeOf(b.other) - degreeOf(a.other) || a.other - b.other;

/** A thing one can walk to. */
function thing(i, note, props) {
  const { colour, shape, name } = typeOf(i);
  const inner = [glyph(shape, colour), h("span", { class: "name" }, bdi(G.names[i], 140)), note ? h("span", { class: "note" }, note) : null];
  return h("button", { type: "button", class: "thing", "aria-label": `${name}: ${plain(G.names[i], 200)}${typeof note === "string" ? `, ${note}` : ""}`, data: { id: plain(G.ids[i], 300) }, on: { click: () => select(i) }, ...props }, inner);
}

/** A row: the thing, what is known of the link, and its sentence. */
function row({ other, links, via }, options) {
  const known = [...new Set(links.flatMap(quantities))];
  if (G.year[other]) known.unshift(String(G.year[other]));
  if (via >= 0) known.push(`via ${plain(G.names[via], 40)}`);
  const quotes = options && options.bare ? [] : quotations(links, 1, G.type[other] !== G.paper && G.type[state.node] !== G.paper);
  return h("li", null, thing(other, known.join(" · ")), ...quotes);
}

/** A section with a heading, its rows, and a button for the rest. */
function section(title, rows, options) {
  if (!rows.length) return null;
  const most = (options && options.most) || 8;
  const list = h("ul", { class: "rows" }, rows.slice(0, most).map((item) => row(item, options)));
  const parts = [h("h3", null, title, h("span", { class: "count" }, rows.length.toLocaleString("en"))), list];
  if (rows.length > most) {
    const more = button(`Show all ${rows.length.toLocaleString("en")}`, () => {
      list.append(...rows.slice(most, 500).map((item) => row(item, options)));
      more.remove();
    }, { class: "link" });
    parts.push(more);
  }
  return h("section", null, parts);
}

/** A few things as chips with their counts. */
function chips(title, pairs, most) {
  if (!pairs.length) return null;
  return h("div", { class: "goes" }, h("h4", null, title),
    h("div", { class: "chips" }, pairs.slice(0, most || 8).map(([i, many]) => thing(i, counted(many, "paper"), { class: "thing chip" }))));
}

/** Rows of results: who, on what, in which measure. */
function resultsTable(results, columns) {
  if (!results.length) return null;
  const heads = { subject: "Of", dataset: "On", metric: "Measure", value: "Value", paper: "Paper" };
  const cell = (result, column) => {
    if (column === "value") return h("td", { class: "value" }, plain(G.names[result.i], 40));
    if (column === "metric") return h("td", null, result.metric >= 0 ? thing(result.metric) : plain(factsOf(result.i).metric_name || "–", 60));
    return h("td", null, result[column] >= 0 ? thing(result[column]) : "–");
  };
  return h("section", null, h("h3", null, "Results", h("span", { class: "count" }, results.length.toLocaleString("en"))),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Results" },
      h("table", null, h("thead", null, h("tr", null, columns.map((column) => h("th", { scope: "col" }, heads[column])))),
        h("tbody", null, results.slice(0, 60).map((result) => h("tr", null, columns.map((column) => cell(result, column))))))),
    results.length > 60 ? h("p", { class: "quiet" }, `${results.length - 60} more not shown`) : null);
}

/** A result node with what it is about. */
function readResult(i) {
  const found = { i, subject: -1, dataset: -1, metric: -1, paper: -1, links: [] };
  for (const e of linksAt(i)) {
    const role = kindOf(e).name;
    if (role === "OF_SUBJECT") found.subject = G.target[e];
    else if (role === "ON_DATASET") found.dataset = G.target[e];
    else if (role === "IN_METRIC") found.metric = G.target[e];
    else if (role === "REPORTS") {
      found.paper = G.source[e];
      found.links.push(e);
    }
  }
  return found;
}

/** The results that touch a node, the largest value first within a dataset. */
function resultsOf(i) {
  const numbers = new Set();
  for (const e of linksAt(i)) {
    const other = otherEnd(e, i);
    if (typeOf(other).name === "Result" && readable(e)) numbers.add(other);
  }
  const value = (result) => Number(factsOf(result.i).value) || 0;
  return [...numbers].map(readResult).sort((a, b) => a.dataset - b.dataset || value(b) - value(a) || a.i - b.i);
}

/** A link out, made only for an address that is surely one of the web. */
function outward(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer external" }, text);
}
