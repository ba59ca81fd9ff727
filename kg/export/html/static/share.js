// Taking something away: a link to the view, a picture, the rows seen.

/** Copy the address of the present view; where the browser refuses, show it to be copied by hand. */
async function copyLink() {
  const address = location.href;
  try {
    await navigator.clipboard.writeText(address);
    toast("Link copied");
  } catch {
    const box = h("input", { type: "text", readonly: true, value: address, "aria-label": "Link to this view" });
    const note = document.getElementById("toast");
    note.replaceChildren("Copy this link: ", box);
    note.hidden = false;
    box.select();
  }
}

function toast(text) {
  const note = document.getElementById("toast");
  note.replaceChildren(text);
  note.hidden = false;
  announce(text);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => {
    note.hidden = true;
  }, 2600);
}

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The drawing as it stands, with the legend of the types in it. */
function exportPng() {
  const from = stage.renderer.canvas;
  const { dpr } = stage.renderer.camera;
  const colours = palette();
  const foot = 34 * dpr;
  const canvas = document.createElement("canvas");
  canvas.width = from.width;
  canvas.height = from.height + foot;
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(from, 0, 0);
  ctx.font = `${12 * dpr}px system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  let x = 16 * dpr;
  const y = from.height + foot / 2;
  for (const number of [...new Set(Array.from(stage.scene.nodes, (i) => G.type[i]))].sort((a, b) => a - b)) {
    const { name, colour, shape } = G.types[number];
    ctx.fillStyle = colour;
    ctx.beginPath();
    trace(ctx, outline(shape), x, y, 6 * dpr);
    ctx.fill();
    ctx.fillStyle = colours.ink;
    ctx.fillText(name, x + 11 * dpr, y);
    x += ctx.measureText(name).width + 34 * dpr;
  }
  canvas.toBlob((blob) => download("graph.png", blob), "image/png");
}

/** A cell of CSV; what a spreadsheet would take for a formula is kept text. */
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The links seen (lit, or all drawn), one a row, with their best sentence. */
function exportCsv() {
  const { scene } = stage;
  const head = ["source", "source_type", "link", "target", "target_type", "year", "confidence", "quantities", "sentence", "source_id", "target_id"];
  const lines = [head];
  for (const e of scene.links) {
    if (!isLit(scene, e)) continue;
    const [s, t] = [G.source[e], G.target[e]];
    const paper = paperOf(e);
    const [best] = evidenceOf(e);
    lines.push([G.names[s], typeOf(s).name, kindOf(e).name, G.names[t], typeOf(t).name, paper >= 0 ? G.year[paper] || "" : "", (G.sure[e] / 100).toFixed(2), quantities(e).join("; "), best ? G.sentences[best.sentence] : "", G.ids[s], G.ids[t]]);
  }
  const text = lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n");
  download("links.csv", new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }));
  toast(`${counted(lines.length - 1, "row")} written`);
}
