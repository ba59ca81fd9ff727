// The panel before anything is chosen: what the graph holds, and what stands out in it.

const QUESTIONS = [
  ["EVALUATES_ON", "Dataset", "Datasets most papers evaluate on"],
  ["RUNS_ON", "Hardware", "Hardware most papers run on"],
  ["USES", "Model", "Models most papers use"],
  ["USES", "Method", "Methods most papers use"],
  ["COMPARES_WITH", null, "Most compared with"],
  ["ADDRESSES", "Task", "Tasks most papers address"],
  ["TRAINS_ON", "Dataset", "Datasets most papers train on"],
  ["MEASURES", "Metric", "Metrics most papers report"],
];

/** Things by how many papers link to them so; the most first. */
function ranking(kind, type) {
  const wanted = G.kindNumber.get(kind);
  const papers = new Map();
  for (let e = 0; e < G.m; e++) {
    const i = G.target[e];
    if (G.kind[e] !== wanted || !fromPaper(e) || (type && typeOf(i).name !== type) || !readable(e)) continue;
    if (!papers.has(i)) papers.set(i, new Set());
    papers.get(i).add(G.source[e]);
  }
  return [...papers].map(([i, set]) => [i, set.size]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function startPanel() {
  const papers = G.counts[G.paper] || 0;
  const parts = [
    h("h2", { id: "panel-title", tabindex: "-1" }, "What is here"),
    h("p", null, `${counted(papers, "paper")} and ${counted(G.things, "thing")} they speak of, with ${counted(G.m, "link")}. Every link shows the sentence it stands on.`),
    h("p", { class: "quiet" }, "Search with ", h("kbd", null, "/"), ", or click a node. What is asked most:"),
  ];
  for (const [kind, type, title] of QUESTIONS) {
    const ranked = ranking(kind, type);
    if (ranked.length) parts.push(rankedList(title, ranked));
  }
  return parts;
}

function rankedList(title, ranked) {
  const most = ranked[0][1];
  const item = ([i, many]) => {
    const bar = h("span", { class: "share", "aria-hidden": "true" });
    bar.style.width = `${(100 * many) / most}%`;
    return h("li", null, bar, thing(i, counted(many, "paper")));
  };
  const list = h("ol", { class: "ranked" }, ranked.slice(0, 5).map(item));
  const more = ranked.length > 5 && button("More", () => {
    list.append(...ranked.slice(5, 30).map(item));
    more.remove();
  }, { class: "link", "aria-label": `More: ${title}` });
  return h("section", null, h("h3", null, title), list, more);
}
