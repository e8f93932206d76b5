// A form that somebody signs on a tablet: what was drawn is not lost with the connection.
//
// The form is sent from the page itself. When nothing comes back the page stays as it is, says so,
// and tries again: when the connection is there again, every few seconds, and at every press of the
// button. The form carries a key, so whatever arrived twice counts once. Without this script the
// form is sent as any other.
const SECONDS_BETWEEN_TRIES = 5;

class Sending {
  constructor(form) {
    this.form = form;
    this.notice = form.querySelector("[data-not-sent]");
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.unsent && this.send());
    window.addEventListener("beforeunload", (event) => this.unsent && event.preventDefault());
  }

  submit(event) {
    if (this.byBrowser) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.next);
    const body = new URLSearchParams(new FormData(this.form));
    try {
      const answer = await fetch(this.form.action, { method: "POST", body });
      if (answer.status >= 500) throw new Error("the house is not there");
      this.arrived(answer);
    } catch {
      this.lost();
    }
    this.busy = false;
  }

  // On to where the answer leads. What was refused, the browser sends once more, to show why.
  arrived(answer) {
    this.unsent = false;
    if (answer.redirected) return location.replace(answer.url);
    this.byBrowser = true;
    this.form.requestSubmit();
  }

  lost() {
    this.unsent = true;
    this.notice.hidden = false;
    this.notice.scrollIntoView({ block: "nearest" });
    this.next = setTimeout(() => this.send(), SECONDS_BETWEEN_TRIES * 1000);
  }
}

for (const form of document.querySelectorAll("form[data-hold]")) new Sending(form);
