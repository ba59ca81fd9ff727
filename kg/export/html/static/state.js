// What the user has chosen, and its form in the address: the same address opens the same view.

const ASIDE = ["Author", "Organization", "Repository", "Result"];

const state = {
  node: -1, link: -1, path: [], way: 0, compare: [], comparing: false, isolate: false, hops: 1,
  typesOff: new Set(), kindsOff: new Set(), sure: 0, from: 0, to: 0, view: "near", q: "", theme: "",
};
const watchers = [];

/** Types that are drawn unless the user says otherwise. */
function usualTypesOff() {
  const drawn = new Set();
  for (let i = 0; i < G.n; i++) if (G.core[i]) drawn.add(G.type[i]);
  return new Set(G.types.map((_, number) => number).filter((number) => ASIDE.includes(G.types[number].name) && !drawn.has(number)));
}

/** The first and the last year of any paper, or zeros. */
function yearSpan() {
  let low = 0;
  let high = 0;
  for (let i = 0; i < G.n; i++) {
    const year = G.year[i];
    if (year && (!low || year < low)) low = year;
    if (year > high) high = year;
  }
  return [low, high];
}

/** Change what is chosen; a step the user may want to take back becomes an entry of the history. */
function change(patch, step) {
  Object.assign(state, patch);
  remember(step);
  tell();
}

/** Let every part of the page follow the state. */
function tell() {
  for (const follow of watchers) follow(state);
}

/** Select a node as a click does. */
function select(i) {
  change({ node: i, link: -1, path: [], hops: 1, isolate: state.isolate && i >= 0 }, true);
}

/** Steps taken, for the way back where there is no history to walk in. */
const trail = { depth: 0, kept: [] };

function remember(step) {
  const text = toFragment();
  if (text === trail.shown) return;
  const before = trail.shown || "";
  trail.shown = text;
  if (step) trail.depth++;
  try {
    const address = text ? `#${text}` : location.href.split("#")[0];
    if (step) history.pushState({ depth: trail.depth }, "", address);
    else history.replaceState({ depth: trail.depth }, "", address);
  } catch {
    // a notebook's frame has no address of its own: the steps are kept here
    if (step) trail.kept.push(before);
  }
}

/** One step back. */
function stepBack() {
  if (trail.depth < 1) return;
  if (!trail.kept.length) {
    history.back();
    return;
  }
  trail.depth--;
  goTo(trail.kept.pop());
}

/** Show what an address asks for. */
function goTo(text) {
  trail.shown = text;
  Object.assign(state, fromFragment(text));
  tell();
}

/** The state as the part after `#`. */
function toFragment() {
  const out = new URLSearchParams();
  const names = (numbers) => numbers.map((i) => G.ids[i]).join("\t");
  if (state.node >= 0) out.set("node", G.ids[state.node]);
  if (state.link >= 0) out.set("link", [G.ids[G.source[state.link]], kindOf(state.link).name, G.ids[G.target[state.link]]].join("\t"));
  if (state.path.length) out.set("path", names(state.path));
  if (state.way) out.set("way", String(state.way));
  if (state.compare.length) out.set("compare", names(state.compare));
  if (state.comparing) out.set("comparing", "1");
  if (state.isolate) out.set("isolate", "1");
  if (state.hops > 1) out.set("hops", String(state.hops));
  const usual = [...usualTypesOff()].join();
  if ([...state.typesOff].sort((a, b) => a - b).join() !== usual) out.set("hide", [...state.typesOff].map((t) => G.types[t].name).join(" "));
  if (state.kindsOff.size) out.set("without", [...state.kindsOff].map((k) => G.kinds[k].name).join(" "));
  if (state.sure) out.set("sure", String(state.sure));
  const [low, high] = G.span;
  if (state.from > low) out.set("from", String(state.from));
  if (state.to < high) out.set("to", String(state.to));
  if (state.view !== "near") out.set("view", state.view);
  if (state.q) out.set("q", state.q);
  if (state.theme) out.set("theme", state.theme);
  return out.toString();
}

/** The state an address asks for; what it names and is not here is passed over. */
function fromFragment(text) {
  const given = new URLSearchParams(text);
  const node = (id) => (G.number.has(id) ? G.number.get(id) : -1);
  const nodes = (name, most) => (given.get(name) || "").split("\t").map(node).filter((i) => i >= 0).slice(0, most);
  const whole = (name, usual, low, high) => {
    const value = Number.parseInt(given.get(name) || "", 10);
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : usual;
  };
  const words = (name, numbers) => new Set((given.get(name) || "").split(" ").filter((w) => numbers.has(w)).map((w) => numbers.get(w)));
  const [low, high] = G.span;
  const path = nodes("path", 2);
  return {
    node: given.has("node") ? node(given.get("node")) : -1,
    link: findLink((given.get("link") || "").split("\t")),
    path: path.length === 2 ? path : [],
    way: whole("way", 0, 0, 9),
    compare: nodes("compare", 5).filter((i) => G.type[i] === G.paper),
    comparing: given.get("comparing") === "1",
    isolate: given.get("isolate") === "1",
    hops: whole("hops", 1, 1, 4),
    typesOff: given.has("hide") ? words("hide", G.typeNumber) : usualTypesOff(),
    kindsOff: words("without", G.kindNumber),
    sure: whole("sure", 0, 0, 100),
    from: whole("from", low, low, high),
    to: whole("to", high, low, high),
    view: given.get("view") === "year" ? "year" : "near",
    q: (given.get("q") || "").slice(0, 200),
    theme: ["dark", "light"].includes(given.get("theme")) ? given.get("theme") : "",
  };
}

function findLink([source, kind, target]) {
  const from = G.number.has(source) ? G.number.get(source) : -1;
  if (from < 0) return -1;
  const hit = linksAt(from).find((e) => kindOf(e).name === kind && G.ids[G.target[e]] === target && G.source[e] === from);
  return hit === undefined ? -1 : hit;
}
