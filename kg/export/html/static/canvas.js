// The renderer for large drawings: one canvas, painted from a kept layer, with its own gestures.

class CanvasRenderer {
  constructor(host, events) {
    this.events = events;
    this.canvas = h("canvas", { class: "surface" });
    host.append(this.canvas);
    this.ctx = this.canvas.getContext("2d", { alpha: false });
    this.camera = { x: 0, y: 0, scale: 1, width: 1, height: 1, dpr: 1 };
    this.layer = new Layer((ctx, scale, view) => {
      const { scene, palette } = this;
      paintYears(ctx, scene, palette, scale, view);
      paintLinks(ctx, scene, palette, scale);
      paintNodes(ctx, scene, palette, scale, view);
      paintLabels(ctx, scene, palette, scale, view);
    });
    this.moving = false;
    this.redraw = framed(() => this.draw());
    this.resize();
    followGestures(this.canvas, this);
  }

  setScene(scene, palette) {
    this.scene = scene;
    this.palette = palette;
    this.layer.drop();
    this.redraw();
  }

  setCamera(camera) {
    Object.assign(this.camera, camera);
    this.redraw();
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    const dpr = Math.min(2, window.devicePixelRatio || 1);
    Object.assign(this.camera, { width: Math.max(1, box.width), height: Math.max(1, box.height), dpr });
    this.canvas.width = Math.round(this.camera.width * dpr);
    this.canvas.height = Math.round(this.camera.height * dpr);
    if (this.scene) this.draw();
  }

  draw() {
    if (!this.scene) return;
    const { ctx, camera, palette } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = palette.paper;
    ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.layer.show(ctx, camera, this.moving);
    const { x, y, scale, width, height, dpr } = camera;
    ctx.setTransform(dpr * scale, 0, 0, dpr * scale, (width / 2 - x * scale) * dpr, (height / 2 - y * scale) * dpr);
    paintMarks(ctx, this.scene, palette, scale, this.events.hovered());
    this.events.painted();
  }

  /** While a gesture lasts the kept picture is moved and stretched; at its end it is painted sharp. */
  move(camera) {
    this.moving = true;
    Object.assign(this.camera, camera);
    this.redraw();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.moving = false;
      this.redraw();
    }, 140);
  }

  toWorld(px, py) {
    const { x, y, scale, width, height } = this.camera;
    return { x: x + (px - width / 2) / scale, y: y + (py - height / 2) / scale };
  }

  destroy() {
    clearTimeout(this.settling);
    this.canvas.remove();
  }
}

/** Pan by dragging, zoom by wheel, pinch and double click, pick by a click that did not move. */
function followGestures(canvas, renderer) {
  const fingers = new Map();
  let moved = 0;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const zoomAt = (point, factor) => {
    const before = renderer.toWorld(point.x, point.y);
    const scale = clampScale(renderer.camera.scale * factor);
    const { width, height } = renderer.camera;
    renderer.move({ scale, x: before.x - (point.x - width / 2) / scale, y: before.y - (point.y - height / 2) / scale });
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = at(event);
    const was = fingers.get(event.pointerId);
    if (!was) return renderer.events.hover(renderer.toWorld(now.x, now.y), now);
    const { x, y, scale } = renderer.camera;
    moved += Math.hypot(now.x - was.x, now.y - was.y);
    if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(was.x - other.x, was.y - other.y));
      zoomAt({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, factor);
    } else if (moved > 4) renderer.move({ x: x - (now.x - was.x) / scale, y: y - (now.y - was.y) / scale });
    fingers.set(event.pointerId, now);
    return undefined;
  });
  const lift = (event) => {
    const single = fingers.size === 1;
    fingers.delete(event.pointerId);
    if (event.type === "pointerup" && single && moved <= 4) {
      const point = at(event);
      renderer.events.click(renderer.toWorld(point.x, point.y));
    }
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => renderer.events.hover(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomAt(at(event), 1.0015 ** -event.deltaY);
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoomAt(at(event), 1.8));
}

const clampScale = (scale) => Math.min(6, Math.max(0.02, scale));
