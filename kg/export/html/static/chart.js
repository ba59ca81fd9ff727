// Papers by year, as a row of bars that can be read aloud.

function yearChart(papers) {
  const years = new Map();
  for (const i of papers) if (G.year[i]) years.set(G.year[i], (years.get(G.year[i]) || 0) + 1);
  if (years.size < 2) return null;
  const first = Math.min(...years.keys());
  const last = Math.max(...years.keys());
  const most = Math.max(...years.values());
  const bars = [];
  for (let year = Math.max(first, last - 29); year <= last; year++) {
    const many = years.get(year) || 0;
    const bar = h("span", { class: "bar" });
    bar.style.height = `${many ? Math.max(3, (44 * many) / most) : 0}px`;
    bars.push(h("li", { title: `${year}: ${counted(many, "paper")}` }, h("span", { class: "many" }, many ? String(many) : ""), bar, h("span", { class: "year" }, `’${String(year).slice(2)}`)));
  }
  return h("ol", { class: "chart", "aria-label": "Papers by year" }, bars);
}
