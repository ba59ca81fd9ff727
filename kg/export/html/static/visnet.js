// The renderer for up to 5,000 nodes: vis-network draws the nodes and takes the gestures; links and names are
// painted by us below and above them, in one stroke instead of one object each.

/** Run vis-network, which lies in the page as text until it is needed; the policy knows it by its digest. */
function openVis() {
  if (typeof vis !== "undefined") return true;
  document.head.append(h("script", null, document.getElementById("vis-network").textContent));
  return typeof vis !== "undefined";
}

const OWN_SHAPES = new Set(["bar", "cross", "house", "hourglass"]);

class VisRenderer {
  constructor(host, events) {
    this.events = events;
    this.host = h("div", { class: "surface" });
    host.append(this.host);
    this.data = new vis.DataSet();
    this.drawn = new Map();
    this.below = new Layer((ctx, scale, view) => {
      paintYears(ctx, this.scene, this.palette, scale, view);
      paintLinks(ctx, this.scene, this.palette, scale);
    });
    this.above = new Layer((ctx, scale, view) => paintLabels(ctx, this.scene, this.palette, scale, view));
    this.network = null;
    this.moving = false;
  }

  options() {
    return {
      autoResize: false, physics: false, layout: { improvedLayout: false, randomSeed: 1 },
      interaction: { dragNodes: false, hover: false, selectable: false, selectConnectedEdges: false, tooltipDelay: 1e9, zoomSpeed: 0.7 },
      nodes: { shape: "dot", borderWidth: 1, chosen: false, shadow: false, font: { size: 0 } },
      edges: { smooth: false, chosen: false },
    };
  }

  open() {
    this.network = new vis.Network(this.host, { nodes: this.data, edges: new vis.DataSet() }, this.options());
    this.canvas = this.host.querySelector("canvas");
    const over = (paint) => (ctx) => {
      if (!this.scene) return;
      ctx.save();
      paint(ctx, this.camera);
      ctx.restore();
    };
    this.network.on("beforeDrawing", over((ctx, camera) => {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.fillStyle = this.palette.paper;
      ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
      this.below.show(ctx, camera, this.moving);
    }));
    this.network.on("afterDrawing", over((ctx, camera) => {
      paintMarks(ctx, this.scene, this.palette, camera.scale, this.events.hovered());
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      this.above.show(ctx, camera, this.moving);
      this.events.painted();
    }));
    this.network.on("click", (event) => this.events.click(event.pointer.canvas));
    const busy = () => {
      this.moving = true;
      clearTimeout(this.settling);
      this.settling = setTimeout(() => {
        this.moving = false;
        this.network.redraw();
      }, 140);
    };
    for (const name of ["dragging", "zoom"]) this.network.on(name, busy);
    this.canvas.addEventListener("mousemove", (event) => {
      const box = this.canvas.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      this.events.hover(this.network.DOMtoCanvas(point), point);
    });
    this.canvas.addEventListener("mouseleave", () => this.events.hover(null));
  }

  /** Give vis what changed: nodes that came, went, moved, lit up or faded. */
  setScene(scene, palette) {
    this.scene = scene;
    this.palette = palette;
    this.below.drop();
    this.above.drop();
    const changed = [];
    const next = new Map();
    for (const i of scene.nodes) {
      const faded = scene.lit && !scene.lit.has(i);
      const node = this.look(i, scene, faded);
      const key = `${node.x},${node.y},${faded ? 1 : 0},${palette.paper}`;
      next.set(i, key);
      if (this.drawn.get(i) !== key) changed.push(node);
    }
    const gone = [...this.drawn.keys()].filter((i) => !next.has(i));
    this.drawn = next;
    if (!this.network) {
      this.data.add(changed);
      this.open();
    } else {
      if (gone.length) this.data.remove(gone);
      if (changed.length) this.data.update(changed);
      this.network.redraw();
    }
  }

  look(i, scene, faded) {
    const { colour, shape } = typeOf(i);
    return {
      id: i, x: scene.positions.x[i], y: scene.positions.y[i], size: G.size[i], shape: OWN_SHAPES.has(shape) ? "custom" : shape,
      color: { background: colour, border: this.palette.paper }, opacity: faded ? DIM : 1,
      ctxRenderer: OWN_SHAPES.has(shape) ? this.ownShape(i, shape, colour, faded) : undefined,
    };
  }

  /** A shape vis-network does not have, drawn with our outline of it. */
  ownShape(i, shape, colour, faded) {
    const corners = outline(shape);
    const size = G.size[i];
    return ({ ctx, x, y }) => ({
      nodeDimensions: { width: 2 * size, height: 2 * size },
      drawNode: () => {
        ctx.save();
        ctx.globalAlpha = faded ? DIM : 1;
        ctx.fillStyle = colour;
        ctx.strokeStyle = this.palette.paper;
        ctx.lineWidth = 1 / this.network.getScale();
        ctx.beginPath();
        trace(ctx, corners, x, y, size);
        ctx.fill();
        ctx.stroke();
        ctx.restore();
      },
    });
  }

  get camera() {
    const { x, y } = this.network.getViewPosition();
    const dpr = this.canvas.width / Math.max(1, this.canvas.clientWidth);
    return { x, y, scale: this.network.getScale(), width: this.canvas.clientWidth, height: this.canvas.clientHeight, dpr };
  }

  setCamera({ x, y, scale }) {
    this.network.moveTo({ position: { x, y }, scale: clampScale(scale), animation: false });
  }

  move(camera) {
    this.setCamera({ ...this.camera, ...camera });
  }

  redraw() {
    if (this.network) this.network.redraw();
  }

  resize() {
    if (!this.network) return;
    const kept = this.camera;
    this.network.setSize("100%", "100%");
    this.setCamera(kept);
    this.network.redraw();
  }

  destroy() {
    clearTimeout(this.settling);
    if (this.network) this.network.destroy();
    this.host.remove();
  }
}
