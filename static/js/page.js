// What every page does. Nothing essential happens here: without it all forms and links still work.

// After a refused form the error summary gets the focus, so that it is read out first.
function focusErrors(root) {
  root.querySelector("[data-error-summary]")?.focus();
}

// A link in the summary goes to a field; a group of choices gets the focus on its first choice.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  (target.matches("input, select, textarea") ? target : target.querySelector("input"))?.focus();
});

// A second click on the same button sends nothing twice. Coming back to the page opens it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// The user menu closes with Escape and with a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) =>
  closeMenus(event.target.closest("details[data-menu]")),
);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details[data-menu][open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

// A part of the page could not be fetched: say so, on the page itself.
function sayItFailed() {
  const main = document.querySelector(".vh-main");
  if (!main || document.getElementById("mislukt")) return;
  const alert = document.createElement("div");
  alert.id = "mislukt";
  alert.className = "vh-alert vh-alert--fout";
  alert.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.className = "vh-alert__title";
  text.textContent =
    "Dat lukte niet. Er is niets opgeslagen. Ververs de pagina en probeer het opnieuw.";
  alert.append(text);
  main.prepend(alert);
}
document.addEventListener("htmx:responseError", sayItFailed);
document.addEventListener("htmx:sendError", sayItFailed);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

focusErrors(document);
