// The drawing: picks the renderer, follows the state, finds what lies under the pointer, moves the camera.

const VIS_MOST = 5000;

const stage = {
  renderer: null, leaving: null, scene: null, hovered: -1, picture: "", drawnOnce: false, settled: false,

  /** Draw the present state; move the camera where what is shown has become something else. */
  follow() {
    const scene = makeScene();
    const many = scene.nodes.length;
    this.scene = scene;
    const before = this.renderer && this.renderer.camera;
    const swapped = this.use(many <= VIS_MOST && this.settled && openVis() ? VisRenderer : CanvasRenderer);
    this.renderer.setScene(scene, palette());
    const picture = [scene.alone, scene.alone ? [state.node, state.path, state.hops].join() : "", state.view].join("|");
    if (picture !== this.picture) this.fit();
    else if (swapped && before) this.renderer.setCamera(before);
    else if (scene.lit && !scene.alone) this.reveal([...scene.lit.keys()]);
    this.picture = picture;
  },

  /** The first picture is our own canvas's, which stands soonest; vis takes over once the page has settled. */
  settle() {
    this.settled = true;
    if (this.scene.nodes.length <= VIS_MOST) this.follow();
  },

  /** Have a renderer of this kind; the one before stays in sight until the new one has painted. */
  use(Renderer) {
    if (this.renderer instanceof Renderer) return false;
    if (this.leaving) this.leaving.destroy();
    this.leaving = this.renderer;
    const renderer = new Renderer(document.getElementById("drawing"), {
      click: (point) => this.click(point),
      hover: (point, screen) => this.hover(point, screen),
      hovered: () => this.hovered,
      painted: () => this.painted(renderer),
    });
    this.renderer = renderer;
    return true;
  },

  painted(renderer) {
    if (this.leaving && renderer === this.renderer) {
      this.leaving.destroy();
      this.leaving = null;
    }
    const { x, y, scale } = this.renderer.camera;
    document.getElementById("drawing").dataset.camera = [x, y, scale].map((value) => value.toFixed(4)).join(" "); // where things are, for scripts
    if (this.drawnOnce || !this.scene.nodes.length) return;
    this.drawnOnce = true;
    performance.mark("kg-painted");
    requestAnimationFrame(() => setTimeout(() => { // the frame that holds the picture has gone out
      document.documentElement.dataset.painted = String(Math.round(performance.now()));
    }));
  },

  /** The whole of what is drawn, in the window. */
  fit() {
    this.frame(this.scene.nodes, 1.5);
  },

  frame(nodes, most) {
    if (!nodes.length) return;
    const { x, y } = this.scene.positions;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const i of nodes) {
      left = Math.min(left, x[i] - G.size[i]);
      right = Math.max(right, x[i] + G.size[i]);
      top = Math.min(top, y[i] - G.size[i]);
      bottom = Math.max(bottom, y[i] + G.size[i]);
    }
    const { width, height } = this.renderer.camera;
    const names = this.scene.alone ? Math.min(190, width * 0.3) : Math.min(120, width * 0.14);
    const scale = Math.min(most, (width - names) / (right - left + 1), (height - 80) / (bottom - top + 1));
    this.renderer.setCamera({ x: (left + right) / 2, y: (top + bottom) / 2, scale: clampScale(scale) });
  },

  /** Move only if what is lit lies outside the window. */
  reveal(nodes) {
    const view = viewOf(this.renderer.camera, 0.96);
    const lead = state.node >= 0 ? [state.node] : nodes;
    if (lead.some((i) => outside(this.scene, i, view))) this.frame(nodes, Math.max(0.7, this.renderer.camera.scale));
  },

  zoom(factor) {
    const { scale } = this.renderer.camera;
    this.renderer.setCamera({ ...this.renderer.camera, scale: clampScale(scale * factor) });
  },

  pan(dx, dy) {
    const { x, y, scale, width, height } = this.renderer.camera;
    this.renderer.setCamera({ ...this.renderer.camera, x: x + (dx * width) / scale, y: y + (dy * height) / scale });
  },

  click(point) {
    const i = this.nodeAt(point);
    if (i >= 0) return picking.active ? picking.take(i) : select(i);
    const e = this.linkAt(point);
    if (e >= 0) return change({ link: e, node: -1, path: [], hops: 1 }, true);
    if (state.node >= 0 || state.link >= 0 || state.path.length) change({ node: -1, link: -1, path: [], isolate: false, hops: 1 }, true);
    return undefined;
  },

  hover(point, screen) {
    const i = point ? this.nodeAt(point) : -1;
    const e = point && i < 0 ? this.linkAt(point) : -1;
    if (i !== this.hovered) {
      this.hovered = i;
      this.renderer.redraw();
    }
    document.getElementById("drawing").classList.toggle("pointing", i >= 0 || e >= 0);
    showCard(i, e, screen);
  },

  /** The node under a point: the nearest whose rim is within a few pixels. */
  nodeAt(point) {
    const { scale } = this.renderer.camera;
    const { x, y } = this.scene.positions;
    const slack = 5 / scale;
    let best = -1;
    let nearest = Infinity;
    for (const i of this.scene.nodes) {
      const away = Math.hypot(x[i] - point.x, y[i] - point.y) - G.size[i];
      if (away > slack) continue;
      const distance = away + (this.scene.lit && !this.scene.lit.has(i) ? slack * 3 : 0);
      if (distance < nearest) [best, nearest] = [i, distance];
    }
    return best;
  },

  /** The link under a point; where some are lit, only those. */
  linkAt(point) {
    const { scale } = this.renderer.camera;
    const { x, y } = this.scene.positions;
    let best = -1;
    let nearest = 4 / scale;
    if (!this.scene.lit && this.scene.links.length > 1500 && scale < 0.5) return -1;
    for (const e of this.scene.links) {
      if (this.scene.lit && !isLit(this.scene, e)) continue;
      const away = toSegment(point, x[G.source[e]], y[G.source[e]], x[G.target[e]], y[G.target[e]]);
      if (away < nearest) [best, nearest] = [e, away];
    }
    return best;
  },
};

function toSegment({ x, y }, ax, ay, bx, by) {
  const dx = bx - ax;
  const dy = by - ay;
  const part = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - part * dx, y - ay - part * dy);
}
