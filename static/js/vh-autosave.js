// What somebody types in a long field is kept by the house while he types (veiligheidshuis/autosave).
//
// One request at most every few seconds, of the form that he types in; what is not sent yet goes
// along when he leaves the page. Only textareas: a password, a code, a file or a choice is never
// sent. Without this script everything is kept when the form is sent, as always.
const SECONDS_BETWEEN = 5;
const SECONDS_TO_SEND = 60;
const forms = new Map();

class Typing {
  constructor(form) {
    this.form = form;
    this.said = document.createElement("p");
    this.said.className = "vh-small vh-muted";
    this.said.setAttribute("role", "status");
    form.append(this.said);
  }

  typed() {
    if (this.sent) return;
    this.next ??= setTimeout(() => this.keep(), SECONDS_BETWEEN * 1000);
  }

  stop() {
    clearTimeout(this.next);
    this.next = undefined;
  }

  // What goes to the house itself is not kept beside it, also not what was on its way: it would
  // come back as if it were not sent. Who stopped the page from going can type on after a while.
  send() {
    this.stop();
    this.underway?.abort();
    this.sent = true;
    setTimeout(() => this.stay(), SECONDS_TO_SEND * 1000);
  }

  stay() {
    this.sent = false;
  }

  // A browser takes along only a little of what goes out while it leaves a page.
  async keep(leaving = false) {
    if (!this.next) return;
    this.stop();
    this.underway = new AbortController();
    try {
      const answer = await fetch("/concept/bewaren/", {
        method: "POST",
        body: this.content(),
        keepalive: leaving,
        redirect: "manual",
        signal: this.underway.signal,
      });
      if (!answer.ok) throw new Error("not kept");
      const at = await answer.text();
      this.say(at ? `Bewaard om ${at}, nog niet verstuurd.` : "");
    } catch {
      if (this.sent) return;
      this.say("Bewaren lukt nu niet. Alleen wat is verstuurd, blijft.");
    }
  }

  // What stood there when the page was opened goes along: so the house sees whether it changed.
  content() {
    const data = new FormData(this.form);
    const body = new URLSearchParams();
    body.append("csrfmiddlewaretoken", data.get("csrfmiddlewaretoken"));
    body.append("sleutel", data.get("eenmalig"));
    const to = new URL(this.form.getAttribute("action") || location.href, location.href);
    body.append("formulier", to.pathname + to.search);
    for (const held of data.getAll("getypt")) body.append("getypt", held);
    for (const area of this.form.querySelectorAll("textarea[name]")) {
      body.append(area.name, area.value);
      body.append(`was:${area.name}`, area.defaultValue);
    }
    return body;
  }

  // The same sentence is not said twice, so a screen reader hears it once a minute at most.
  say(sentence) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("textarea")?.form;
  if (form?.method !== "post" || !form.elements.eenmalig || "hold" in form.dataset) return;
  if (!forms.has(form)) forms.set(form, new Typing(form));
  forms.get(form).typed();
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) forms.get(event.target)?.send();
});
addEventListener("pageshow", () => {
  for (const each of forms.values()) each.stay();
});
for (const leaving of ["pagehide", "visibilitychange"]) {
  document.addEventListener(leaving, () => {
    if (document.visibilityState === "hidden") for (const each of forms.values()) each.keep(true);
  });
}
