// Positions for a few nodes seen alone: round the one looked at, each type in a sector of its own.

const ROW = 74;

/** A node in the middle, its neighbours by type round it, what lies beyond further out. */
function rosette(centre, distance) {
  const x = new Map([[centre, 0]]);
  const y = new Map([[centre, 0]]);
  const rings = [];
  for (const [i, step] of distance) if (step > 0) (rings[step - 1] ||= []).push(i);
  let inner = 2 * ROW;
  for (const ring of rings) {
    const groups = new Map();
    for (const i of ring) {
      if (!groups.has(G.type[i])) groups.set(G.type[i], []);
      groups.get(G.type[i]).push(i);
    }
    const ordered = [...groups].sort((a, b) => a[0] - b[0]);
    const share = ordered.map(([, members]) => Math.sqrt(members.length) + 0.4);
    const whole = share.reduce((a, b) => a + b, 0);
    let angle = -Math.PI / 2 - (Math.PI * share[0]) / whole;
    let outer = inner;
    ordered.forEach(([, members], g) => {
      const sector = (2 * Math.PI * share[g]) / whole;
      outer = Math.max(outer, fillSector(members, angle, sector, inner, ordered.length === 1, x, y));
      angle += sector;
    });
    inner = outer + 1.4 * ROW;
  }
  return { x, y };
}

/** Rows of one sector from the inside out; gives the radius of the last. */
function fillSector(members, from, sector, inner, whole, x, y) {
  const usable = whole ? sector : sector * 0.86;
  let radius = inner;
  let done = 0;
  let before = 0;
  while (done < members.length) {
    const room = Math.max(1, Math.floor((usable * radius) / (ROW * 1.25)));
    const row = members.slice(done, done + room);
    const aside = before ? 0.25 / Math.max(before, row.length) : 0; // so that no link runs over a node of the row before
    row.forEach((i, k) => {
      const part = (whole && row.length === room ? k / row.length : (k + 0.5) / row.length) + aside;
      const angle = from + (sector - usable) / 2 + usable * part;
      x.set(i, radius * Math.cos(angle));
      y.set(i, radius * Math.sin(angle));
    });
    done += row.length;
    before = row.length;
    radius += ROW;
  }
  return radius - ROW;
}

/** The ways between two things, one a row, from left to right. */
function lanes(found) {
  const x = new Map();
  const y = new Map();
  found.forEach((way, row) => {
    way.nodes.forEach((i, step) => {
      if (x.has(i)) return;
      x.set(i, step * 230);
      const ends = step === 0 || step === way.nodes.length - 1;
      y.set(i, (ends ? ((found.length - 1) * 150) / 2 : row * 150) + (step % 2 ? 48 : 0));
    });
  });
  return { x, y };
}
