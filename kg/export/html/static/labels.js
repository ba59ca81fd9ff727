// Names on the drawing: they never cover each other, and more of them stand as one zooms in.

const FONT = "12px system-ui, -apple-system, 'Segoe UI', sans-serif";
const ALL_NAMED = 500; // up to so many nodes, every name that finds room is written
const widths = new Map();

/** Which labels stand at a zoom level, in the graph's coordinates; kept, since panning does not change it. */
function labelsFor(scene, ctx, scale) {
  const level = Math.floor(3 * Math.log2(scale));
  scene.labels ||= new Map();
  if (!scene.labels.has(level)) scene.labels.set(level, settle(scene, ctx, 2 ** (level / 3)));
  return scene.labels.get(level);
}

function settle(scene, ctx, scale) {
  const few = scene.nodes.length <= 80;
  const candidates = [];
  for (const i of scene.nodes) {
    const lit = scene.lit && scene.lit.has(i);
    if (scene.lit && !lit) continue;
    if (scene.nodes.length > ALL_NAMED && !lit && G.size[i] * scale < 4.5) continue;
    const rank = (scene.lit && scene.lit.get(i) === 0 ? 1e6 : 0) + G.size[i] * (G.type[i] === G.paper ? 0.55 : 1);
    candidates.push([rank, i]);
  }
  candidates.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const placed = [];
  const grid = new Map();
  const air = scene.lit || few ? 2 : 7;
  ctx.font = FONT;
  for (const [, i] of candidates) {
    const text = labelText(i);
    const half = labelWidth(ctx, text) / 2 + air;
    const x = scene.positions.x[i] * scale;
    const y = (scene.positions.y[i] + G.size[i] * 1.1) * scale + 3;
    const box = [x - half, y - air, x + half, y + 14 + air];
    if (free(grid, box)) {
      occupy(grid, box);
      placed.push([i, text]);
      if (placed.length >= 1500) break;
    }
  }
  return placed;
}

function labelText(i) {
  return plain(G.names[i], G.type[i] === G.paper ? 34 : 28) || "·";
}

function labelWidth(ctx, text) {
  if (!widths.has(text)) widths.set(text, ctx.measureText(text).width);
  return widths.get(text);
}

const CELL = 90;

function* cells([left, top, right, bottom]) {
  for (let a = Math.floor(left / CELL); a <= Math.floor(right / CELL); a++) {
    for (let b = Math.floor(top / CELL); b <= Math.floor(bottom / CELL); b++) yield a * 100003 + b;
  }
}

function free(grid, box) {
  for (const key of cells(box)) {
    for (const other of grid.get(key) || []) {
      if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
    }
  }
  return true;
}

function occupy(grid, box) {
  for (const key of cells(box)) {
    if (!grid.has(key)) grid.set(key, []);
    grid.get(key).push(box);
  }
}

/** Write the labels in view. */
function paintLabels(ctx, scene, palette, scale, view) {
  const standing = labelsFor(scene, ctx, scale);
  ctx.font = FONT.replace("12px", `${12 / scale}px`);
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3 / scale;
  ctx.strokeStyle = palette.paper;
  ctx.fillStyle = palette.ink;
  document.documentElement.dataset.labels = String(standing.length);
  for (const [i, text] of standing) {
    if (outside(scene, i, view)) continue;
    const y = scene.positions.y[i] + G.size[i] * 1.1 + 3 / scale;
    ctx.strokeText(text, scene.positions.x[i], y);
    ctx.fillText(text, scene.positions.x[i], y);
  }
}
