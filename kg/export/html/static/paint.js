// How links and nodes look, for every renderer; the context is in the graph's own coordinates.

const PALETTES = {
  light: { paper: "#ffffff", ink: "#17202b", soft: "#5a6675", edge: "rgba(62,78,100,A)", lit: "rgba(40,52,70,0.75)", ring: "#17202b", line: "#d6dce4" },
  dark: { paper: "#0d1014", ink: "#e8edf3", soft: "#9aa7b6", edge: "rgba(170,188,212,A)", lit: "rgba(210,222,238,0.8)", ring: "#ffffff", line: "#2a313a" },
};
const DIM = 0.13;

/** All links: those not lit as one faint path, those lit as another above it. */
function paintLinks(ctx, scene, palette, scale) {
  const { x, y } = scene.positions;
  const crowd = scene.links.length;
  const alpha = scene.lit ? 0.06 : crowd > 20000 ? 0.1 : crowd > 6000 ? 0.15 : crowd > 1500 ? 0.22 : 0.34;
  const lit = [];
  ctx.lineWidth = 1 / scale;
  ctx.strokeStyle = palette.edge.replace("A", String(alpha));
  let open = 0;
  ctx.beginPath();
  for (const e of scene.links) {
    if (scene.lit && isLit(scene, e)) {
      lit.push(e);
      continue;
    }
    const s = G.source[e];
    const t = G.target[e];
    ctx.moveTo(x[s], y[s]);
    ctx.lineTo(x[t], y[t]);
    if (++open === 400) {
      ctx.stroke();
      ctx.beginPath();
      open = 0;
    }
  }
  ctx.stroke();
  if (!lit.length) return;
  ctx.strokeStyle = palette.lit;
  ctx.lineWidth = (lit.length < 60 ? 1.6 : 1) / scale;
  ctx.beginPath();
  for (const e of lit) {
    ctx.moveTo(x[G.source[e]], y[G.source[e]]);
    ctx.lineTo(x[G.target[e]], y[G.target[e]]);
  }
  ctx.stroke();
}

/** Bands of time as faint lines with their name on top, for the overview by year. */
function paintYears(ctx, scene, palette, scale, view) {
  if (scene.positions !== G.byYear) return;
  ctx.strokeStyle = palette.line;
  ctx.fillStyle = palette.soft;
  ctx.lineWidth = 1 / scale;
  ctx.font = `600 ${13 / scale}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  const high = scene.top - 14 / scale;
  let free = -Infinity;
  for (const [label, left, right] of G.bands) {
    ctx.beginPath();
    ctx.moveTo(right, high - 6 / scale);
    ctx.lineTo(right, view.bottom);
    ctx.stroke();
    const half = ctx.measureText(label).width / 2 + 6 / scale;
    const middle = (left + right) / 2;
    if (middle - half < free) continue;
    ctx.fillText(label, middle, high);
    free = middle + half;
  }
}

/** Nodes, a type at a time; those not lit fade. */
function paintNodes(ctx, scene, palette, scale, view) {
  const least = 1.7 / scale;
  const groups = new Map();
  for (const i of scene.nodes) {
    if (outside(scene, i, view)) continue;
    const key = G.type[i] * 2 + (scene.lit && !scene.lit.has(i) ? 0 : 1);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
  }
  const order = [...groups].sort((a, b) => (a[0] % 2) - (b[0] % 2) || a[0] - b[0]);
  const few = scene.nodes.length <= VIS_MOST; // then rims are as vis draws them, and its taking over is not seen
  ctx.lineWidth = few ? 1 / scale : Math.min(1.2, 0.9 / scale);
  for (const [key, members] of order) {
    const { colour, shape } = G.types[key >> 1];
    const corners = outline(shape);
    ctx.globalAlpha = key % 2 ? 1 : DIM;
    ctx.fillStyle = colour;
    ctx.strokeStyle = palette.paper;
    for (let from = 0; from < members.length; from += 120) {
      ctx.beginPath();
      for (const i of members.slice(from, from + 120)) trace(ctx, corners, scene.positions.x[i], scene.positions.y[i], Math.max(least, G.size[i]));
      ctx.fill();
      if (few || scale > 0.35) ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
}

function trace(ctx, corners, x, y, radius) {
  if (!corners) {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  ctx.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
  for (let k = 1; k < corners.length; k++) ctx.lineTo(x + corners[k][0] * radius, y + corners[k][1] * radius);
  ctx.closePath();
}

/** Rings round what is selected and what the pointer is on. */
function paintMarks(ctx, scene, palette, scale, hovered) {
  const marked = state.path.length ? state.path : [state.node];
  for (const i of new Set([...marked, ...state.compare, hovered])) {
    if (i < 0 || !scene.mask[i]) continue;
    ctx.beginPath();
    ctx.arc(scene.positions.x[i], scene.positions.y[i], Math.max(G.size[i] * 1.15, 4 / scale) + 4 / scale, 0, 2 * Math.PI);
    ctx.strokeStyle = palette.ring;
    ctx.lineWidth = (marked.includes(i) ? 2.5 : 1.5) / scale;
    ctx.stroke();
  }
}

function outside(scene, i, view) {
  const x = scene.positions.x[i];
  const y = scene.positions.y[i];
  const margin = G.size[i] + 2;
  return x < view.left - margin || x > view.right + margin || y < view.top - margin || y > view.bottom + margin;
}
