// Walking the graph: surroundings, and the shortest ways between two things.

/** Nodes within so many steps of a node along the links let through, by distance; the nearest and best-linked first. */
function around(start, hops, link, most) {
  const distance = new Map([[start, 0]]);
  let edge = [start];
  let left = 0;
  for (let step = 1; step <= hops && edge.length; step++) {
    const next = [];
    for (const i of edge) {
      for (const e of linksAt(i)) {
        const j = otherEnd(e, i);
        if (!link[e] || distance.has(j)) continue;
        distance.set(j, step);
        next.push(j);
      }
    }
    next.sort((a, b) => degreeOf(b) - degreeOf(a) || a - b);
    edge = next;
    const room = most - (distance.size - next.length);
    if (next.length > room) {
      for (const j of next.slice(Math.max(0, room))) distance.delete(j);
      left += next.length - Math.max(0, room);
      break;
    }
  }
  return { distance, left };
}

/** Up to three shortest ways from one node to another, those over the more telling (less common) things first. */
function ways(from, to, link) {
  const distance = new Map([[from, 0]]);
  let edge = [from];
  while (edge.length && !distance.has(to)) {
    const next = [];
    for (const i of edge) {
      for (const e of linksAt(i)) {
        const j = otherEnd(e, i);
        if (!link[e] || distance.has(j)) continue;
        distance.set(j, distance.get(i) + 1);
        next.push(j);
      }
    }
    edge = next;
  }
  if (!distance.has(to)) return [];
  const found = [];
  const step = (i, rest) => {
    if (found.length >= 3) return;
    if (i === from) {
      found.push({ nodes: [i, ...rest.nodes], links: rest.links });
      return;
    }
    const before = new Map();
    for (const e of linksAt(i)) {
      const j = otherEnd(e, i);
      if (link[e] && distance.get(j) === distance.get(i) - 1 && !(before.has(j) && G.sure[before.get(j)] >= G.sure[e])) before.set(j, e);
    }
    const order = [...before].sort((a, b) => degreeOf(a[0]) - degreeOf(b[0]) || a[0] - b[0]);
    for (const [j, e] of order) step(j, { nodes: [i, ...rest.nodes], links: [e, ...rest.links] });
  };
  step(to, { nodes: [], links: [] });
  return found;
}
