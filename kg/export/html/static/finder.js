// The search box: ranked suggestions, chosen by keyboard or pointer.

const finder = {
  hits: [],
  active: -1,

  build() {
    this.box = document.getElementById("search");
    this.list = document.getElementById("suggestions");
    this.box.addEventListener("input", () => {
      change({ q: this.box.value.slice(0, 200) });
      this.suggest();
    });
    this.box.addEventListener("focus", () => {
      this.box.select();
      this.suggest();
    });
    this.box.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.box && this.close(), 120));
    this.box.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.closest("input[type=search], textarea, select");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        this.box.focus();
        this.box.select();
      }
    });
  },

  suggest() {
    if (document.activeElement !== this.box) return;
    this.hits = search(this.box.value, 12);
    this.active = this.hits.length ? 0 : -1;
    this.list.replaceChildren(...this.hits.map((hit, k) => this.option(hit, k)));
    const asked = normal(this.box.value).length > 0;
    if (asked && !this.hits.length) this.list.replaceChildren(h("li", { class: "none" }, "Nothing here is called so."));
    this.open(asked);
    this.mark();
    if (asked) document.getElementById("search-status").textContent = this.hits.length ? `${counted(this.hits.length, "suggestion")}` : "Nothing found";
  },

  option({ i, alias }, k) {
    const { colour, shape, name } = typeOf(i);
    const pick = (event) => {
      event.preventDefault();
      this.choose(k);
    };
    return h("li", { id: `hit-${k}`, role: "option", "aria-selected": "false", on: { mousedown: pick } },
      glyph(shape, colour), h("span", { class: "name" }, bdi(G.names[i], 110), alias ? h("span", { class: "note" }, "also ", bdi(alias, 60)) : null),
      h("span", { class: "note" }, [name, G.year[i] || ""].filter(Boolean).join(" ")));
  },

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.hits.length) {
      event.preventDefault();
      this.open(true);
      this.active = (this.active + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden) this.clear();
      this.close();
    }
  },

  mark() {
    [...this.list.querySelectorAll("[role=option]")].forEach((item, k) => {
      item.setAttribute("aria-selected", String(k === this.active));
      if (k === this.active) item.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.box.setAttribute("aria-activedescendant", `hit-${this.active}`);
    else this.box.removeAttribute("aria-activedescendant");
  },

  choose(k) {
    const { i } = this.hits[k];
    this.close();
    if (picking.active) picking.take(i);
    else select(i);
    const title = document.getElementById("panel-title");
    if (title) title.focus({ preventScroll: true });
  },

  open(on) {
    this.list.hidden = !on;
    this.box.setAttribute("aria-expanded", String(on));
  },

  close() {
    this.open(false);
    this.box.removeAttribute("aria-activedescendant");
  },

  clear() {
    this.box.value = "";
    change({ q: "" });
  },

  /** The box shows what the address says, unless someone is typing in it. */
  follow() {
    if (document.activeElement !== this.box && this.box.value !== state.q) this.box.value = state.q;
  },
};
