// The legend, which is the filter: types and link types with their counts, confidence, years.

/** Build the filters once; `followLegend` keeps them with the state. */
function buildLegend() {
  const place = document.getElementById("filters");
  const types = new Array(G.types.length).fill(0);
  for (let i = 0; i < G.n; i++) types[G.type[i]]++;
  const kinds = new Array(G.kinds.length).fill(0);
  for (let e = 0; e < G.m; e++) kinds[G.kind[e]]++;
  G.counts = types;
  G.things = types.reduce((sum, many, number) => sum + (number === G.paper || G.types[number].name === "Result" ? 0 : many), 0);
  place.replaceChildren(
    filterGroup("Types", "types", G.types, types, "typesOff", (type) => glyph(type.shape, type.colour)),
    filterGroup("Links", "kinds", G.kinds.map((kind) => ({ ...kind, shown: said(kind.name, false) })), kinds, "kindsOff", () => null),
    ...sliders(),
    button("Reset filters", resetFilters, { id: "reset", class: "wide" }),
  );
}

function filterGroup(title, id, all, counts, key, mark) {
  const present = all.map((item, number) => [item, number]).filter(([, number]) => counts[number] > 0);
  const boxes = present.map(([item, number]) => h("li", null, h("label", { title: item.definition },
    h("input", { type: "checkbox", id: `${id}-${item.name}`, on: { change: (event) => toggle(key, number, event.target.checked) }, data: { number: String(number) } }),
    mark(item), h("span", { class: "name" }, item.shown || item.name), h("span", { class: "count" }, counts[number].toLocaleString("en")),
    button("only", (event) => {
      event.preventDefault();
      change({ [key]: new Set(present.map(([, other]) => other).filter((other) => other !== number && !(key === "typesOff" && other === G.paper))) });
    }, { class: "only", "aria-label": `Only ${item.shown || item.name}` }))));
  return h("fieldset", { id, data: { key } }, h("legend", null, title, button("all", () => change({ [key]: key === "typesOff" ? usualTypesOff() : new Set() }), { class: "only", "aria-label": `All ${title.toLowerCase()}` })), h("ul", null, boxes));
}

function toggle(key, number, on) {
  const off = new Set(state[key]);
  if (on) off.delete(number);
  else off.add(number);
  change({ [key]: off });
}

function sliders() {
  const [low, high] = G.span;
  const range = (id, label, min, max, run) => h("label", { class: "slider" }, h("span", null, label, " ", h("output", { id: `${id}-out`, for: id })),
    h("input", { type: "range", id, min, max, step: 1, "aria-label": { sure: "Confidence at least", from: "First year", to: "Last year" }[id], on: { input: (event) => run(Number(event.target.value)) } }));
  const out = [h("fieldset", null, h("legend", null, "Confidence"), range("sure", "at least", 0, 100, (value) => change({ sure: value })))];
  if (high > low) {
    out.push(h("fieldset", null, h("legend", null, "Years"),
      range("from", "from", low, high, (value) => change({ from: value, to: Math.max(value, state.to) })),
      range("to", "to", low, high, (value) => change({ to: value, from: Math.min(value, state.from) })),
      h("p", { class: "quiet", id: "undated" })));
  }
  return out;
}

function resetFilters() {
  const [from, to] = G.span;
  change({ typesOff: usualTypesOff(), kindsOff: new Set(), sure: 0, from, to });
}

function followLegend() {
  for (const group of document.querySelectorAll("#filters fieldset[data-key]")) {
    const off = state[group.dataset.key];
    for (const box of group.querySelectorAll("input")) box.checked = !off.has(Number(box.dataset.number));
  }
  const set = (id, value, text) => {
    const slider = document.getElementById(id);
    if (!slider) return;
    slider.value = String(value);
    slider.setAttribute("aria-valuetext", text);
    document.getElementById(`${id}-out`).textContent = text;
  };
  set("sure", state.sure, `${state.sure}%`);
  set("from", state.from, String(state.from));
  set("to", state.to, String(state.to));
  const [low, high] = G.span;
  const narrowed = state.from > low || state.to < high;
  const undated = document.getElementById("undated");
  if (undated) undated.textContent = narrowed && G.undated ? `${counted(G.undated, "paper")} without a date hidden` : "";
  const active = state.sure > 0 || narrowed || state.kindsOff.size > 0 || [...state.typesOff].join() !== [...usualTypesOff()].join();
  document.getElementById("reset").disabled = !active;
  document.getElementById("filters-open").dataset.active = active ? "1" : "0";
}
