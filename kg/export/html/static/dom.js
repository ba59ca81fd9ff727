// Elements are made here and only here; what comes from data goes in as text, never as markup.

/** An element with properties, listeners (`on`), data (`data`) and children; strings become text. */
function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "data") for (const [key, text] of Object.entries(value)) element.dataset[key] = text;
    else if (name === "class") element.className = value;
    else if (name === "value" || name === "checked" || name === "disabled" || name === "open") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that says what it does. */
function button(text, run, props) {
  return h("button", { type: "button", on: { click: run }, ...props }, text);
}

/** Text of unknown script and length: kept from reordering what stands around it, and cut for show. */
function bdi(text, most) {
  const shown = plain(text, most || 400);
  return h("bdi", shown === text ? null : { title: plain(text, 1200) }, shown);
}

/** One line without control characters, at most so long. */
function plain(text, most) {
  // eslint-disable-next-line no-control-regex
  const line = String(text).slice(0, most * 2).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  const letters = Array.from(line);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : line;
}

const SVG = "http://www.w3.org/2000/svg";

/** A small drawing of a shape, in its colour. */
function glyph(shape, colour) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-12 -12 24 24");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  const corners = outline(shape);
  const drawn = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) drawn.setAttribute("points", corners.map(([x, y]) => `${(x * 10).toFixed(1)},${(y * 10).toFixed(1)}`).join(" "));
  else drawn.setAttribute("r", "9");
  drawn.setAttribute("fill", colour);
  svg.append(drawn);
  return svg;
}

/** The corners of a shape of radius 1, or null for a disc; sized as vis-network sizes them. */
function outline(shape) {
  const turn = (count, from, radius) =>
    Array.from({ length: count }, (_, i) => {
      const r = typeof radius === "number" ? radius : radius[i % radius.length];
      return [r * Math.cos(from + (2 * Math.PI * i) / count), r * Math.sin(from + (2 * Math.PI * i) / count)];
    });
  switch (shape) {
    case "square": return [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]];
    case "diamond": return [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]];
    case "triangle": return turn(3, -Math.PI / 2, 1.15);
    case "triangleDown": return turn(3, Math.PI / 2, 1.15);
    case "hexagon": return turn(6, 0, 1.05);
    case "star": return turn(10, -Math.PI / 2, [1.25, 0.55]);
    case "bar": return [[-1.3, -0.6], [1.3, -0.6], [1.3, 0.6], [-1.3, 0.6]];
    case "house": return [[0, -1.15], [1, -0.2], [1, 0.95], [-1, 0.95], [-1, -0.2]];
    case "hourglass": return [[-0.95, -1.1], [0.95, -1.1], [0.2, 0], [0.95, 1.1], [-0.95, 1.1], [-0.2, 0]];
    case "cross": return [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]];
    default: return null;
  }
}

/** Run at most once a frame. */
function framed(run) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      run();
    });
  };
}

/** Say something to those who listen rather than look. */
function announce(text) {
  const place = document.getElementById("live");
  if (place) place.textContent = text;
}

/** `3 papers`, `1 paper`. */
function counted(many, one, more) {
  return `${many.toLocaleString("en")} ${many === 1 ? one : more || one + "s"}`;
}
