// Choosing a second thing, and the ways between two.

const picking = {
  active: false,
  from: -1,

  start(i) {
    Object.assign(this, { active: true, from: i });
    document.getElementById("app").dataset.picking = "1";
    const note = document.getElementById("picking");
    note.hidden = false;
    note.replaceChildren("Path from ", h("b", null, bdi(G.names[i], 50)), " to… search or click a node ", button("Cancel", () => this.stop(), { class: "link" }));
    finder.clear();
    document.getElementById("search").focus();
    announce("Choose the other end of the path");
  },

  stop() {
    this.active = false;
    document.getElementById("app").dataset.picking = "0";
    document.getElementById("picking").hidden = true;
  },

  take(i) {
    const { from } = this;
    this.stop();
    if (i !== from) change({ path: [from, i], node: -1, link: -1, way: 0, isolate: false }, true);
  },
};

function pathPanel() {
  const [from, to] = state.path;
  const found = stage.scene ? stage.scene.ways : [];
  const parts = [
    h("p", { class: "type" }, "Path"),
    h("h2", { id: "panel-title", tabindex: "-1" }, bdi(G.names[from], 80), " to ", bdi(G.names[to], 80)),
    h("div", { class: "actions" },
      button(state.isolate ? "Show among all" : "Isolate", () => change({ isolate: !state.isolate }, true), { id: "isolate", "aria-pressed": String(state.isolate) }),
      button("Copy link", copyLink, { id: "copy-link" })),
  ];
  if (!found.length) return [...parts, h("p", null, "There is no way between the two that the filters let through.")];
  const shown = found[Math.min(state.way, found.length - 1)];
  if (found.length > 1) {
    parts.push(h("div", { class: "ways", role: "group", "aria-label": "Shortest ways" }, found.map((_, k) =>
      button(`Way ${k + 1}`, () => change({ way: k }), { "aria-pressed": String(k === Math.min(state.way, found.length - 1)) }))));
  }
  parts.push(h("p", { class: "quiet" }, counted(shown.links.length, "step")));
  const steps = [];
  shown.nodes.forEach((i, k) => {
    steps.push(h("li", null, thing(i)));
    if (k === shown.links.length) return;
    const e = shown.links[k];
    const back = G.source[e] !== i;
    steps.push(h("li", { class: "arrow" }, `${said(kindOf(e).name, back).toLowerCase()} ↓`, quotations([e], 1)));
  });
  return [...parts, h("ol", { class: "rows path" }, steps)];
}
