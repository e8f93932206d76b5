// <vh-signature> around a <template> (components/signature.html): a place to draw a signature.
//
// The hidden field gets {"width": 640, "height": 192, "strokes": [[[x, y], …], …]}, or nothing
// when the place is empty. The server makes the picture from that. No speed and no pressure are
// kept: how somebody's hand moves is nobody's business.
import SignaturePad from "../vendor/signature_pad-5.1.4.min.js";

const INK = { penColor: "#10243e", minWidth: 1, maxWidth: 3 };
const MILLISECONDS_BETWEEN_POINTS = 16;

class VhSignature extends HTMLElement {
  connectedCallback() {
    const template = this.querySelector("template");
    if (!template || this.pad) return;
    this.prepend(template.content.cloneNode(true));
    this.canvas = this.querySelector("canvas");
    this.field = this.querySelector("input[type=hidden]");
    this.status = this.querySelector("[role=status]");
    this.pad = new SignaturePad(this.canvas, INK);
    this.pad.addEventListener("endStroke", () => this.keep("Handtekening gezet"));
    this.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.canvas);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    this.pad?.off();
  }

  clear() {
    this.pad.clear();
    this.keep("Handtekening gewist");
  }

  // Gives the canvas its real size. Turning the tablet empties a canvas: we draw the strokes again.
  fit() {
    const { offsetWidth: width, offsetHeight: height } = this.canvas;
    if (!width || width === this.width) return;
    const strokes = this.width ? this.pad.toData() : this.given();
    const from = this.width ?? this.givenWidth ?? width;
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    this.width = width;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.pad.clear();
    if (strokes.length) {
      this.pad.fromData(scaled(strokes, width / from));
      this.keep("");
    }
  }

  // The strokes that the server sent back with a form that was refused for something else.
  given() {
    if (!this.field.value) return [];
    const { width, strokes } = JSON.parse(this.field.value);
    this.givenWidth = width;
    return strokes.map((stroke) => ({
      ...INK,
      points: stroke.map(([x, y], index) => ({
        x,
        y,
        pressure: 0.5,
        time: index * MILLISECONDS_BETWEEN_POINTS,
      })),
    }));
  }

  keep(message) {
    this.field.value = this.pad.isEmpty() ? "" : JSON.stringify(this.drawing());
    this.status.textContent = message;
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  drawing() {
    const { offsetWidth: width, offsetHeight: height } = this.canvas;
    const strokes = this.pad
      .toData()
      .map(({ points }) => points.map(({ x, y }) => [tenth(x), tenth(y)]));
    return { width, height, strokes };
  }
}

function scaled(strokes, factor) {
  return strokes.map((stroke) => ({
    ...stroke,
    points: stroke.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })),
  }));
}

function tenth(value) {
  return Math.round(value * 10) / 10;
}

customElements.define("vh-signature", VhSignature);
