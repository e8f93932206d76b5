// A form that somebody signs on a tablet: what was drawn is not lost with the connection.
//
// The form is sent from the page itself, once. What is refused comes back as a page, and takes the
// place of this one. When nothing comes back the page stays as it is, says so, and tries again: when
// the connection is there again, every few seconds, and at every press of the button. The form
// carries a key, so whatever arrived twice counts once. Without this script the form is sent as any
// other.
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
    event.preventDefault();
    this.send();
  }

  async send() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.next);
    try {
      this.arrived(await answerTo(this.form));
    } catch {
      this.lost();
    }
    this.busy = false;
  }

  // On to where the answer leads; or what was refused, with the reason above it.
  arrived(answer) {
    this.unsent = false;
    if (answer.responseURL !== this.form.action) return location.replace(answer.responseURL);
    show(answer.responseXML);
  }

  lost() {
    this.unsent = true;
    this.notice.hidden = false;
    this.notice.scrollIntoView({ block: "nearest" });
    this.next = setTimeout(() => this.send(), SECONDS_BETWEEN_TRIES * 1000);
  }
}

// A request that itself makes a page of the answer, as the content policy allows: no text of ours
// becomes a page. Fails when nothing came back, or no page of the house.
function answerTo(form) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.onload = () =>
      request.status < 500 && request.responseXML ? resolve(request) : reject();
    request.onerror = reject;
    request.send(new URLSearchParams(new FormData(form)));
  });
}

// The answer in the place of this page, as if the browser had sent the form: read from its top, and
// the summary of what was wrong is read out first.
function show(page) {
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  hold();
  document.querySelector("[data-error-summary]")?.focus();
}

function hold() {
  for (const form of document.querySelectorAll("form[data-hold]")) new Sending(form);
}

hold();
