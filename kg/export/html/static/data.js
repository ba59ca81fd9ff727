// The data of the page, unpacked into columns; `G` is the graph all other modules read.

const G = { ready: false };

/** JSON out of a data block: base64, then gzip. */
async function unpack(id) {
  const block = document.getElementById(id);
  const binary = atob(block.textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  block.textContent = "";
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Fill `G` with what is needed to draw and to search. */
async function openGraph() {
  const raw = await unpack("kg-graph");
  const { nodes, links } = raw;
  G.title = raw.title;
  G.types = raw.types.map(([name, colour, shape, definition]) => ({ name, colour, shape, definition }));
  G.kinds = raw.linkTypes.map(([name, definition]) => ({ name, definition }));
  G.typeNumber = new Map(G.types.map((type, i) => [type.name, i]));
  G.kindNumber = new Map(G.kinds.map((kind, i) => [kind.name, i]));
  G.n = nodes.id.length;
  G.ids = nodes.id;
  G.names = nodes.label;
  G.number = new Map(nodes.id.map((id, i) => [id, i]));
  G.type = Uint8Array.from(nodes.group);
  G.size = Uint8Array.from(nodes.size);
  G.year = Uint16Array.from(nodes.year);
  G.core = Uint8Array.from(nodes.core);
  G.near = { x: Float32Array.from(nodes.x), y: Float32Array.from(nodes.y) };
  G.byYear = { x: Float32Array.from(nodes.yearX), y: Float32Array.from(nodes.yearY) };
  G.bands = raw.bands;
  G.total = raw.total;
  G.aliases = new Map(Object.entries(raw.aliases).map(([i, names]) => [Number(i), names]));
  G.m = links.from.length;
  G.source = Int32Array.from(links.from);
  G.target = Int32Array.from(links.to);
  G.kind = Uint8Array.from(links.type);
  G.sure = Uint8Array.from(links.confidence);
  G.paper = G.typeNumber.get("Paper");
  indexLinks();
  G.ready = true;
}

/** The links of each node, both ways: `G.at[G.first[i] .. G.first[i + 1]]`. */
function indexLinks() {
  G.first = new Int32Array(G.n + 1);
  for (let e = 0; e < G.m; e++) {
    G.first[G.source[e] + 1]++;
    if (G.source[e] !== G.target[e]) G.first[G.target[e] + 1]++;
  }
  for (let i = 0; i < G.n; i++) G.first[i + 1] += G.first[i];
  G.at = new Int32Array(G.first[G.n]);
  const next = G.first.slice(0, G.n);
  for (let e = 0; e < G.m; e++) {
    G.at[next[G.source[e]]++] = e;
    if (G.source[e] !== G.target[e]) G.at[next[G.target[e]]++] = e;
  }
}

/** What the panel tells, unpacked after the first picture stands. */
async function openDetails() {
  const raw = await unpack("kg-details");
  G.facts = raw.facts;
  G.dates = raw.dates;
  G.linkFacts = raw.linkFacts;
  G.evidence = raw.evidence;
  G.hidden = new Map(Object.entries(raw.hidden).map(([e, many]) => [Number(e), many]));
  G.sentences = raw.sentences;
}

const NOTHING = Object.freeze(Object.create(null));

/** What is known of a node or a link beside its columns. */
const factsOf = (i) => (G.facts && G.facts[i]) || NOTHING;
const linkFactsOf = (e) => (G.linkFacts && G.linkFacts[e]) || NOTHING;
const typeOf = (i) => G.types[G.type[i]];
const kindOf = (e) => G.kinds[G.kind[e]];
const degreeOf = (i) => G.first[i + 1] - G.first[i];
const otherEnd = (e, i) => (G.source[e] === i ? G.target[e] : G.source[e]);

/** The links of a node, as numbers. */
const linksAt = (i) => G.at.subarray(G.first[i], G.first[i + 1]);
