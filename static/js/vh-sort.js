// <vh-sort> around a table whose rows can change place: arrows, a number field, dragging.
//
// Each row: <tr data-naam="…"> with [data-plaats] (shows the place), sometimes [data-greep] (to
// drag by) and one post form (components/move.html) with the field plaats and the buttons richting=op,
// neer and plaats. Beside the table one <p role="status" data-live>. Without JavaScript every button is a plain post.
//
// With JavaScript the row moves at once and the same form is sent in the background, as htmx would
// (HX-Request). The server answers 204 when the move is kept, and may send the new version of the
// list in X-Versie. A redirect is followed (it may ask for a reason). Any other answer means that the
// list has changed meanwhile: the page is loaded again.
//
// Of a long list the page holds a part: data-eerste is the place of its first row, data-totaal how
// long the whole list is. A move to a place beyond the part is a plain post, which leads to that place.
class VhSort extends HTMLElement {
  connectedCallback() {
    this.body = this.querySelector("tbody");
    this.live = this.querySelector("[data-live]");
    this.sending = Promise.resolve();
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("change", (event) => this.typed(event));
    for (const grip of this.querySelectorAll("[data-greep]")) this.makeDraggable(grip);
    this.body.addEventListener("dragover", (event) => this.dragged && event.preventDefault());
    this.body.addEventListener("drop", (event) => this.dropped(event));
  }

  get rows() {
    return [...this.body.rows];
  }

  get first() {
    return Number(this.dataset.eerste) || 1;
  }

  get total() {
    return Number(this.dataset.totaal) || this.rows.length;
  }

  clicked(event) {
    const button = event.target.closest("button[name=richting]");
    if (!button) return;
    const row = button.closest("tr");
    const step = button.value === "op" ? -1 : 1;
    const to = this.rows.indexOf(row) + step;
    if (button.value !== "plaats" && !this.rows[to]) return; // the form itself brings us there
    event.preventDefault();
    // Enter in the number field presses the first button of the form.
    if (button.value === "plaats") return this.moveToTyped(row.querySelector("input[name=plaats]"));
    this.move(row, to, ["richting", button.value], button);
  }

  typed(event) {
    const field = event.target.closest("input[name=plaats]");
    if (field) this.moveToTyped(field);
  }

  moveToTyped(field) {
    const row = field.closest("tr");
    const place = Math.min(Math.max(parseInt(field.value, 10) || 1, 1), this.total);
    field.value = place;
    const to = place - this.first;
    if (this.rows[to]) this.move(row, to, ["plaats", place], field);
    else field.form.requestSubmit(field.form.querySelector("button[value=plaats]"));
  }

  makeDraggable(grip) {
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      this.dragged = grip.closest("tr");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    grip.addEventListener("dragend", () => (this.dragged = null));
  }

  dropped(event) {
    const target = event.target.closest("tr");
    if (!this.dragged || !target) return;
    event.preventDefault();
    const place = this.rows.indexOf(target);
    this.move(this.dragged, place, ["plaats", this.first + place]);
  }

  move(row, to, change, focus) {
    const from = this.rows.indexOf(row);
    const target = this.rows[to];
    if (!target || to === from) return;
    if (to > from) target.after(row);
    else target.before(row);
    this.number();
    for (const other of this.rows) other.classList.toggle("vh-moved", other === row);
    (focus?.disabled ? row.querySelector("input[name=plaats]") : focus)?.focus();
    this.live.textContent = `${row.dataset.naam} staat nu op plaats ${this.first + to} van ${this.total}`;
    this.sending = this.sending.then(() => this.send(row.querySelector("form"), change));
  }

  number() {
    this.rows.forEach((row, index) => {
      const place = this.first + index;
      row.querySelector("[data-plaats]").textContent = place;
      row.querySelector("input[name=plaats]").value = place;
      row.querySelector("button[value=op]").disabled = place === 1;
      row.querySelector("button[value=neer]").disabled = place === this.total;
    });
  }

  async send(form, [name, value]) {
    const data = new FormData(form);
    data.delete("richting");
    data.delete("plaats");
    data.set(name, value);
    // The same form is sent again and again here: every move is a deed of its own.
    if (data.has("eenmalig")) data.set("eenmalig", crypto.randomUUID());
    try {
      const response = await fetch(form.action, {
        method: "post",
        body: new URLSearchParams(data),
        headers: { "HX-Request": "true" },
      });
      if (response.redirected) window.location.assign(response.url);
      else if (response.status === 204) this.remember(response.headers.get("X-Versie"));
      else window.location.reload();
    } catch {
      this.live.textContent = "De verplaatsing is niet bewaard. Ververs de pagina.";
      window.location.reload();
    }
  }

  remember(version) {
    if (!version) return;
    for (const field of this.querySelectorAll("input[name=versie]")) field.value = version;
  }
}

customElements.define("vh-sort", VhSort);
