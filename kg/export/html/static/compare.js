// Two to five papers side by side.

const COMPARED = [["Introduces", ["INTRODUCES"], null], ["Methods", null, "Method"], ["Models", null, "Model"], ["Datasets", null, "Dataset"], ["Hardware", null, "Hardware"], ["Tasks", null, "Task"], ["Metrics", null, "Metric"]];

function toggleCompare(i) {
  const chosen = state.compare.includes(i) ? state.compare.filter((j) => j !== i) : [...state.compare, i];
  if (chosen.length > 5) {
    announce("At most five papers can be compared");
    toast("At most five papers can be compared");
    return;
  }
  change({ compare: chosen });
}

/** The tray of papers chosen, and the table when it is open. */
function followCompare() {
  const tray = document.getElementById("tray");
  tray.hidden = state.compare.length === 0;
  tray.replaceChildren(...state.compare.map((i) => h("span", { class: "pick" }, bdi(G.names[i], 40), button("×", () => toggleCompare(i), { "aria-label": `Take out ${plain(G.names[i], 80)}` }))),
    button(state.compare.length < 2 ? "Add a second paper" : `Compare ${state.compare.length}`, () => change({ comparing: true }, true), { id: "compare-open", class: "strong", disabled: state.compare.length < 2 }));
  const dialog = document.getElementById("comparison");
  const open = state.comparing && state.compare.length > 1 && Boolean(G.facts);
  if (open) dialog.replaceChildren(...comparison());
  if (open && !dialog.open) dialog.showModal();
  else if (!open && dialog.open) dialog.close();
}

function comparison() {
  const papers = state.compare;
  const head = h("tr", null, h("th", { scope: "col" }, h("span", { class: "hidden" }, "Of what")), papers.map((i) => h("th", { scope: "col" }, closing(thing(i, G.dates[i])))));
  const rows = COMPARED.map(([title, kinds, type]) => comparedRow(title, papers.map((i) => things(i, kinds, type))));
  const results = papers.map((i) => resultsOf(i));
  const resultRow = results.some((list) => list.length) && h("tr", null, h("th", { scope: "row" }, "Results"), results.map((list) => h("td", null, h("ul", null, list.slice(0, 12).map((result) =>
    h("li", null, h("b", null, plain(G.names[result.i], 30)), ` ${result.metric >= 0 ? plain(G.names[result.metric], 40) : plain(factsOf(result.i).metric_name || "", 40)} on `, result.dataset >= 0 ? bdi(G.names[result.dataset], 60) : "–", result.subject >= 0 ? [" by ", bdi(G.names[result.subject], 60)] : ""))))));
  return [
    h("header", null, h("h2", { id: "comparison-title" }, `${papers.length} papers side by side`), button("Close", () => change({ comparing: false }, true), { id: "compare-close" })),
    h("p", { class: "quiet" }, "What two or more of them share stands first, in bold."),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "comparison-title" }, h("table", null, h("thead", null, head), h("tbody", null, rows, resultRow))),
  ];
}

/** Walking on from the table leaves it. */
function closing(element) {
  element.addEventListener("click", () => change({ comparing: false }), { capture: true });
  return element;
}

function things(paper, kinds, type) {
  const found = new Map();
  for (const e of linksAt(paper)) {
    const j = G.target[e];
    if (G.source[e] !== paper || !readable(e) || kindOf(e).name === "MENTIONS") continue;
    if ((kinds && !kinds.includes(kindOf(e).name)) || (type && typeOf(j).name !== type)) continue;
    if (!found.has(j)) found.set(j, []);
    found.get(j).push(e);
  }
  return found;
}

function comparedRow(title, lists) {
  if (!lists.some((list) => list.size)) return null;
  const shared = (j) => lists.filter((list) => list.has(j)).length;
  return h("tr", null, h("th", { scope: "row" }, title), lists.map((list) => {
    const ordered = [...list].sort((a, b) => shared(b[0]) - shared(a[0]) || degreeOf(b[0]) - degreeOf(a[0]) || a[0] - b[0]);
    return h("td", null, ordered.length ? h("ul", null, ordered.slice(0, 25).map(([j, links]) => {
      const words = [...new Set(links.map((e) => said(kindOf(e).name, false).toLowerCase()))].concat(links.flatMap(quantities)).join(" · ");
      return h("li", { class: shared(j) > 1 ? "shared" : "" }, closing(thing(j, words)));
    })) : "–");
  }));
}
