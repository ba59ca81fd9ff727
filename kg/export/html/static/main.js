// Open the page.

/** What concerns the drawing alone is redrawn only when it changed. */
let drawingShows = "";

function followDrawing() {
  const shows = [state.node, state.link, state.path, state.isolate, state.hops, [...state.typesOff].sort(), [...state.kindsOff].sort(), state.sure, state.from, state.to, state.view, themeNow(), state.compare].join("|");
  if (shows !== drawingShows) stage.follow();
  drawingShows = shows;
}

function followKeys(event) {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (picking.active) picking.stop();
    else if (document.getElementById("app").dataset.filters === "1") toggleFilters();
    else if (state.node >= 0 || state.link >= 0 || state.path.length) change({ node: -1, link: -1, path: [], isolate: false, hops: 1 }, true);
    return;
  }
  if (event.target.id !== "drawing") return;
  const moves = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] };
  if (moves[event.key]) {
    event.preventDefault();
    stage.pan(...moves[event.key]);
  } else if (event.key === "+" || event.key === "=") stage.zoom(1.4);
  else if (event.key === "-") stage.zoom(1 / 1.4);
  else if (event.key === "0") stage.fit();
}

async function open() {
  if (typeof DecompressionStream === "undefined") throw new Error("this page needs a browser of 2023 or later");
  await openGraph();
  G.span = yearSpan();
  G.undated = 0;
  for (let i = 0; i < G.n; i++) if (G.type[i] === G.paper && !G.year[i]) G.undated++;
  Object.assign(state, fromFragment(location.hash.slice(1)));
  trail.shown = location.hash.slice(1);
  buildFrame();
  buildLegend();
  finder.build();
  watchers.push(followTheme, followDrawing, followBanner, followPanel, followCompare, followLegend, () => finder.follow());
  tell();
  addEventListener("popstate", (event) => {
    trail.depth = (event.state && event.state.depth) || 0;
    goTo(location.hash.slice(1));
  });
  darkSystem.addEventListener("change", tell);
  document.addEventListener("keydown", followKeys);
  new ResizeObserver(framed(() => stage.renderer.resize())).observe(document.getElementById("drawing"));
  await new Promise((next) => setTimeout(next, 30));
  await openDetails();
  panelShows = "";
  tell();
  await new Promise((next) => setTimeout(next));
  stage.settle();
  document.documentElement.dataset.ready = "1";
}

open().catch((error) => {
  const note = document.getElementById("loading") || document.getElementById("app");
  note.textContent = `The page could not be opened: ${error.message}`;
  document.documentElement.dataset.failed = "1";
});
