// The page's frame: bar, filters, drawing, panel.

function buildFrame() {
  const app = document.getElementById("app");
  app.replaceChildren(topBar(),
    h("div", { id: "main" },
      h("aside", { id: "filters-side", "aria-label": "Filters" }, button("Close", toggleFilters, { id: "filters-close", class: "wide" }), h("div", { id: "filters" })),
      h("main", { id: "middle" },
        h("p", { id: "banner", role: "note", hidden: true }),
        h("p", { id: "picking", role: "status", hidden: true }),
        h("div", { id: "room" },
          h("div", { id: "drawing", tabindex: "0", role: "img", "aria-describedby": "drawing-help" }),
          h("p", { id: "drawing-help", class: "hidden" }, "Arrow keys move, plus and minus zoom, 0 shows all, slash searches, Escape goes back. Everything drawn can be found by search and read in the panel."),
          h("div", { id: "card", hidden: true, "aria-hidden": "true" }),
          h("div", { id: "zoom", role: "group", "aria-label": "Zoom" },
            button("+", () => stage.zoom(1.4), { "aria-label": "Zoom in" }), button("−", () => stage.zoom(1 / 1.4), { "aria-label": "Zoom out" }),
            button("⤢", () => stage.fit(), { "aria-label": "Show all", id: "fit" }))),
        h("div", { id: "tray", role: "group", "aria-label": "Papers to compare", hidden: true })),
      h("section", { id: "panel", "aria-label": "Details" },
        h("div", { id: "panel-bar" },
          button("← Back", stepBack, { id: "back", hidden: true }),
          button("Overview", () => change({ node: -1, link: -1, path: [], isolate: false, hops: 1 }, true), { id: "home" }),
          button("⌄", foldPanel, { id: "fold", "aria-label": "Fold the panel", "aria-expanded": "true" })),
        h("div", { id: "panel-body" }, h("p", { class: "quiet" }, "Reading…")))),
    h("dialog", { id: "comparison", "aria-labelledby": "comparison-title", on: { cancel: (event) => { event.preventDefault(); change({ comparing: false }, true); } } }),
    h("p", { id: "toast", role: "status", hidden: true }),
    h("p", { id: "live", class: "hidden", "aria-live": "polite" }));
  app.dataset.state = "ready";
  app.dataset.reading = "0";
}

function topBar() {
  return h("header", { id: "bar" },
    button("Filters", toggleFilters, { id: "filters-open", "aria-expanded": "false", "aria-controls": "filters-side" }),
    h("h1", null, plain(G.title, 80)),
    h("div", { id: "find", role: "search" },
      h("input", { type: "search", id: "search", placeholder: "Search papers and things  ( / )", autocomplete: "off", spellcheck: "false", maxlength: "200", role: "combobox", "aria-label": "Search papers, methods, models, datasets, hardware", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list" }),
      h("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true }),
      h("span", { id: "search-status", class: "hidden", "aria-live": "polite" })),
    h("div", { id: "views", role: "group", "aria-label": "Overview" },
      button(twoWords("By neighbourhood", "Map"), () => change({ view: "near" }), { id: "view-near", "aria-label": "Overview by neighbourhood" }),
      button(twoWords("By year", "Years"), () => change({ view: "year" }), { id: "view-year", "aria-label": "Overview by year" })),
    h("div", { id: "tools", role: "group", "aria-label": "Take away" },
      button("Link", copyLink, { id: "share-link", title: "Copy a link to this view" }),
      button("PNG", exportPng, { id: "share-png", title: "Save the drawing as a picture" }),
      button("CSV", exportCsv, { id: "share-csv", title: "Save the links seen as a table" }),
      button("Dark", switchTheme, { id: "theme" })));
}

/** A word for wide windows and a short one for narrow. */
function twoWords(long, short) {
  return [h("span", { class: "long" }, long), h("span", { class: "short" }, short)];
}

function toggleFilters() {
  const app = document.getElementById("app");
  const open = app.dataset.filters === "1";
  app.dataset.filters = open ? "0" : "1";
  document.getElementById("filters-open").setAttribute("aria-expanded", String(!open));
}

function foldPanel() {
  const app = document.getElementById("app");
  const folded = app.dataset.folded === "1";
  app.dataset.folded = folded ? "0" : "1";
  const fold = document.getElementById("fold");
  fold.setAttribute("aria-expanded", String(folded));
  fold.setAttribute("aria-label", folded ? "Fold the panel" : "Unfold the panel");
  fold.textContent = folded ? "⌄" : "⌃";
}

/** What is left out, said plainly. */
function followBanner() {
  const { scene } = stage;
  const banner = document.getElementById("banner");
  let core = 0;
  let others = 0;
  for (let i = 0; i < G.n; i++) {
    if (G.core[i]) core++;
    else if (!ASIDE.includes(typeOf(i).name)) others++;
  }
  const parts = [];
  if (others) parts.push(`The ${core.toLocaleString("en")} best-linked of ${(core + others).toLocaleString("en")} nodes are drawn; search finds and opens the rest.`);
  else if (G.total > core) parts.push(`This page holds a part: ${core.toLocaleString("en")} of ${G.total.toLocaleString("en")} nodes.`);
  if (scene.left) parts.push(`${scene.left.toLocaleString("en")} more neighbours are not drawn.`);
  if (!scene.nodes.length) parts.push("The filters let nothing through.");
  banner.hidden = parts.length === 0;
  banner.textContent = parts.join(" ");
  document.getElementById("drawing").setAttribute("aria-label", `Graph: ${counted(scene.nodes.length, "node")} and ${counted(scene.links.length, "link")} drawn`);
  document.getElementById("view-near").setAttribute("aria-pressed", String(state.view === "near"));
  document.getElementById("view-year").setAttribute("aria-pressed", String(state.view === "year"));
}
