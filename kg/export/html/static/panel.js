// The panel beside the drawing: what is selected, told; and what can be done with it.

let panelShows = "";

function followPanel() {
  if (!G.facts) return;
  const place = document.getElementById("panel-body");
  const shows = [state.node, state.link, state.path, state.way, state.sure, state.from, state.to, [...state.kindsOff], state.compare, state.isolate, state.hops].join("|");
  if (shows === panelShows) return;
  const walked = panelShows.split("|").slice(0, 3).join("|") !== shows.split("|").slice(0, 3).join("|");
  panelShows = shows;
  const opened = place.contains(document.activeElement);
  const kept = walked ? 0 : place.scrollTop;
  place.replaceChildren(...panelParts().flat(4).filter(Boolean));
  place.scrollTop = kept;
  const chosen = state.node >= 0 || state.link >= 0 || state.path.length > 0;
  document.getElementById("app").dataset.reading = chosen ? "1" : "0";
  document.getElementById("back").hidden = trail.depth < 1;
  if (walked && chosen) {
    const title = document.getElementById("panel-title");
    if (opened) title.focus({ preventScroll: true });
    announce(title.textContent);
  }
}

function panelParts() {
  if (state.path.length === 2) return pathPanel();
  if (state.node >= 0) return G.type[state.node] === G.paper ? paperPanel(state.node) : typeOf(state.node).name === "Result" ? resultPanel(state.node) : entityPanel(state.node);
  if (state.link >= 0) return linkPanel(state.link);
  return startPanel();
}

/** What can be done with a node. */
function actions(i) {
  const inTray = state.compare.includes(i);
  const { left, lit } = stage.scene || {};
  return h("div", { class: "actions", role: "group", "aria-label": "Actions" },
    button(state.isolate ? "Show among all" : "Isolate", () => change({ isolate: !state.isolate }, true), { id: "isolate", "aria-pressed": String(state.isolate) }),
    button("Expand", () => change({ hops: Math.min(4, state.hops + 1) }, true), { id: "expand", title: "One hop further", disabled: state.hops >= 4 }),
    state.hops > 1 ? button("Shrink", () => change({ hops: state.hops - 1 }, true), { id: "shrink", title: "One hop less" }) : null,
    button("Path to…", () => picking.start(i), { id: "path-to", title: "Choose a second thing: search for it or click it" }),
    G.type[i] === G.paper ? button(inTray ? "In comparison ✓" : "Compare", () => toggleCompare(i), { id: "compare-add", "aria-pressed": String(inTray) }) : null,
    button("Copy link", copyLink, { id: "copy-link" }),
    h("p", { class: "quiet", id: "reach" }, `${counted(state.hops, "hop")}: ${counted(lit ? lit.size - 1 : 0, "neighbour")}${left ? `, ${left.toLocaleString("en")} more not drawn` : ""}`));
}

/** A link: its two ends, what it says, and every sentence kept for it. */
function linkPanel(e) {
  const kind = kindOf(e);
  return [
    h("p", { class: "type", title: kind.definition }, "Link"),
    h("h2", { id: "panel-title", tabindex: "-1" }, said(kind.name, false)),
    h("ul", { class: "rows" }, h("li", null, thing(G.source[e])), h("li", { class: "arrow" }, `${said(kind.name, false).toLowerCase()} ↓`), h("li", null, thing(G.target[e]))),
    h("p", { class: "quiet" }, [...quantities(e), `${G.sure[e]}% sure`, ...(linkFactsOf(e).optional ? ["optional"] : [])].join(" · ")),
    h("h3", null, "Evidence"),
    ...(evidenceOf(e).length ? quotations([e], 9, !fromPaper(e)) : [h("p", { class: "quiet" }, linkFactsOf(e).rule ? `Follows by the rule “${plain(linkFactsOf(e).rule, 60)}”.` : "No sentence is recorded for this link.")]),
    h("div", { class: "actions" }, button("Copy link", copyLink, { id: "copy-link" })),
  ];
}

function resultPanel(i) {
  const result = readResult(i);
  return [heading(i), actions(i), resultsTable([result], ["subject", "dataset", "metric", "value", "paper"]), quotations(result.links, 6)];
}
