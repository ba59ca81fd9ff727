// Which nodes and links the filters let through.

/** Masks over all nodes and links: type, link type, confidence and year together. */
function sift() {
  const { typesOff, kindsOff, sure, from, to } = state;
  const [low, high] = G.span;
  const narrowed = from > low || to < high;
  const strict = narrowed || kindsOff.size > 0 || sure > 0;
  const typeOn = G.types.map((_, number) => !typesOff.has(number));
  const kindOn = G.kinds.map((_, number) => !kindsOff.has(number));
  const node = new Uint8Array(G.n);
  const link = new Uint8Array(G.m);
  for (let i = 0; i < G.n; i++) {
    if (!typeOn[G.type[i]]) continue;
    if (narrowed && G.type[i] === G.paper && !(G.year[i] >= from && G.year[i] <= to)) continue;
    node[i] = 1;
  }
  const kept = new Uint8Array(G.n);
  for (let e = 0; e < G.m; e++) {
    const s = G.source[e];
    const t = G.target[e];
    if (!kindOn[G.kind[e]] || G.sure[e] < sure || !node[s] || !node[t]) continue;
    link[e] = 1;
    if (!narrowed || G.type[s] === G.paper || G.type[t] === G.paper) kept[s] = kept[t] = 1;
  }
  if (strict) {
    for (let i = 0; i < G.n; i++) if (node[i] && !kept[i] && (G.type[i] !== G.paper || !narrowed)) node[i] = 0;
    for (let e = 0; e < G.m; e++) if (link[e] && !(node[G.source[e]] && node[G.target[e]])) link[e] = 0;
  }
  return { node, link, strict };
}
