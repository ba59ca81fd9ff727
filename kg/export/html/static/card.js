// A short card beside the pointer.

let cardShows = "";

function showCard(i, e, screen) {
  const card = document.getElementById("card");
  const shows = `${i},${e}`;
  card.hidden = i < 0 && e < 0;
  if (card.hidden) {
    cardShows = shows;
    return;
  }
  if (shows !== cardShows) {
    cardShows = shows;
    card.replaceChildren(...(i >= 0 ? nodeCard(i) : linkCard(e)).filter(Boolean));
  }
  const room = document.getElementById("drawing").getBoundingClientRect();
  const left = Math.min(screen.x + 16, room.width - card.offsetWidth - 8);
  const below = screen.y + 18 + card.offsetHeight < room.height;
  card.style.left = `${Math.max(8, left)}px`;
  card.style.top = `${below ? screen.y + 18 : Math.max(8, screen.y - card.offsetHeight - 12)}px`;
}

function nodeCard(i) {
  const { name, colour, shape } = typeOf(i);
  const aliases = G.aliases.get(i) || [];
  const many = G.type[i] === G.paper ? counted(degreeOf(i), "link") : counted(papersAt(i).length, "paper");
  return [
    h("p", { class: "type" }, glyph(shape, colour), name, G.year[i] ? ` · ${G.year[i]}` : ""),
    h("b", null, bdi(G.names[i], 140)),
    aliases.length ? h("p", { class: "quiet" }, "also ", bdi(aliases.slice(0, 3).join(", "), 90)) : null,
    h("p", { class: "quiet" }, many),
  ];
}

function linkCard(e) {
  return [
    h("p", null, bdi(G.names[G.source[e]], 60), " ", h("i", null, said(kindOf(e).name, false).toLowerCase()), " ", h("b", null, bdi(G.names[G.target[e]], 60))),
    ...(G.facts ? quotations([e], 1) : []),
  ];
}
