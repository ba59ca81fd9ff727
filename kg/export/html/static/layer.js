// A picture kept larger than the window, so that panning only moves it; painted anew when it no longer covers.

class Layer {
  /** `paint(ctx, scale, view)` draws in the graph's coordinates. */
  constructor(paint) {
    this.paint = paint;
    this.canvas = document.createElement("canvas");
    this.ctx = this.canvas.getContext("2d", { alpha: true });
    this.camera = null;
  }

  /** Forget the picture. */
  drop() {
    this.camera = null;
  }

  /** Put the picture under a camera onto a context of device pixels; `moving` allows a stretched one. */
  show(ctx, camera, moving) {
    if (!this.covers(camera, moving)) this.renew(camera, moving);
    const kept = this.camera;
    const k = camera.scale / kept.scale;
    const width = kept.width * kept.margin * k;
    const height = kept.height * kept.margin * k;
    const left = (camera.width - width) / 2 + (kept.x - camera.x) * camera.scale;
    const top = (camera.height - height) / 2 + (kept.y - camera.y) * camera.scale;
    const dpr = camera.dpr;
    if (k === 1) ctx.drawImage(this.canvas, Math.round(left * dpr), Math.round(top * dpr));
    else ctx.drawImage(this.canvas, left * dpr, top * dpr, width * dpr, height * dpr);
  }

  covers(camera, moving) {
    const kept = this.camera;
    if (!kept || kept.width !== camera.width || kept.height !== camera.height || kept.dpr !== camera.dpr) return false;
    const k = camera.scale / kept.scale;
    if (!moving) return k === 1 && this.reaches(camera, 1);
    return k > 0.55 && k < 2.2 && this.reaches(camera, k);
  }

  reaches(camera, k) {
    const kept = this.camera;
    const spareX = (kept.width * kept.margin * k - camera.width) / 2 / camera.scale;
    const spareY = (kept.height * kept.margin * k - camera.height) / 2 / camera.scale;
    if (k < 1) return true; // zooming out shows an empty rim until the gesture ends
    return Math.abs(kept.x - camera.x) <= spareX && Math.abs(kept.y - camera.y) <= spareY;
  }

  renew(camera, moving) {
    const margin = moving || this.camera === null ? 1.5 : 1.5;
    const { width, height, dpr, scale, x, y } = camera;
    const wide = Math.round(width * margin * dpr);
    const tall = Math.round(height * margin * dpr);
    if (this.canvas.width !== wide || this.canvas.height !== tall) {
      this.canvas.width = wide;
      this.canvas.height = tall;
    }
    this.camera = { ...camera, margin };
    const { ctx } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, wide, tall);
    ctx.setTransform(dpr * scale, 0, 0, dpr * scale, wide / 2 - x * scale * dpr, tall / 2 - y * scale * dpr);
    this.paint(ctx, scale, viewOf(camera, margin));
  }
}

/** The part of the graph a camera sees. */
function viewOf({ x, y, scale, width, height }, margin) {
  const across = ((width / scale) * margin) / 2;
  const down = ((height / scale) * margin) / 2;
  return { left: x - across, right: x + across, top: y - down, bottom: y + down };
}
