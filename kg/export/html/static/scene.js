// From the state to what is drawn: nodes, links, positions, and which of them are lit.

const MOST_ALONE = 400;

/** The scene of the present state. */
function makeScene() {
  const passed = sift();
  const scene = { passed, lit: null, litLinks: null, ways: [], left: 0, alone: false, positions: state.view === "year" ? G.byYear : G.near };
  const shown = baseNodes(passed);
  if (state.path.length === 2) lightPath(scene, passed);
  else if (state.node >= 0) lightNode(scene, passed);
  else if (state.link >= 0) scene.lit = new Map([[G.source[state.link], 0], [G.target[state.link], 0]]);
  let nodes = shown;
  if (scene.lit && (state.isolate || ![...scene.lit.keys()].every((i) => shown[i]))) {
    const lead = state.path.length ? -1 : state.node >= 0 ? state.node : G.source[state.link];
    const mustIsolate = state.isolate || !shown[lead < 0 ? state.path[0] : lead];
    if (mustIsolate) {
      scene.alone = true;
      nodes = new Uint8Array(G.n);
      const { x, y } = scene.ways.length ? lanes(scene.ways) : rosette(lead, scene.lit);
      scene.positions = spread(x, y);
    }
    for (const i of scene.lit.keys()) nodes[i] = 1;
  }
  scene.mask = nodes;
  scene.nodes = numbersOf(nodes);
  scene.links = linksAmong(nodes, passed.link);
  scene.top = scene.nodes.reduce((top, i) => Math.min(top, scene.positions.y[i] - G.size[i]), 0);
  return scene;
}

/** The core, and what stands beside it of the types the user added. */
function baseNodes(passed) {
  const shown = new Uint8Array(G.n);
  for (let i = 0; i < G.n; i++) {
    if (!passed.node[i]) continue;
    if (G.core[i]) shown[i] = 1;
    else if (ASIDE.includes(typeOf(i).name) && linksAt(i).some((e) => G.core[otherEnd(e, i)] && passed.node[otherEnd(e, i)])) shown[i] = 1;
  }
  return shown;
}

function lightNode(scene, passed) {
  const { distance, left } = around(state.node, state.hops, passed.link, MOST_ALONE);
  scene.lit = distance;
  scene.left = left;
}

function lightPath(scene, passed) {
  const all = new Uint8Array(G.m);
  for (let e = 0; e < G.m; e++) all[e] = state.kindsOff.has(G.kind[e]) || G.sure[e] < state.sure ? 0 : 1;
  scene.ways = ways(state.path[0], state.path[1], all);
  scene.lit = new Map(state.path.map((i) => [i, 0]));
  scene.litLinks = new Set();
  for (const way of scene.ways) {
    for (const i of way.nodes) scene.lit.set(i, 1);
    for (const e of way.links) {
      scene.litLinks.add(e);
      passed.link[e] = 1;
    }
  }
}

/** Positions as columns; whole numbers, since vis-network reads 9e-15 as 9. */
function spread(x, y) {
  const positions = { x: new Float32Array(G.n), y: new Float32Array(G.n) };
  for (const [i, value] of x) positions.x[i] = Math.round(value);
  for (const [i, value] of y) positions.y[i] = Math.round(value);
  return positions;
}

function numbersOf(mask) {
  const out = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) out.push(i);
  return Int32Array.from(out);
}

function linksAmong(nodes, link) {
  const out = [];
  for (let e = 0; e < G.m; e++) if (link[e] && nodes[G.source[e]] && nodes[G.target[e]]) out.push(e);
  return Int32Array.from(out);
}

/** Whether a link is lit: on the path, at the selected node, or between lit nodes. */
function isLit(scene, e) {
  if (!scene.lit) return true;
  if (scene.litLinks) return scene.litLinks.has(e);
  if (state.link >= 0 && state.node < 0) return e === state.link;
  const s = G.source[e];
  const t = G.target[e];
  if (!scene.lit.has(s) || !scene.lit.has(t)) return false;
  return state.hops > 1 || s === state.node || t === state.node;
}
