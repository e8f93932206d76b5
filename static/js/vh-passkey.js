// A form that a passkey can answer: data-passkey="get" or "create", with the question of the house
// in data-question. Without a browser that can do it, the button stays away and the code remains.

const form = document.querySelector("form[data-passkey]");
const button = form?.querySelector("[data-passkey-button]");
const status = form?.querySelector("[data-passkey-status]");
const making = form?.dataset.passkey === "create";

async function ask() {
  const question = JSON.parse(form.dataset.question).publicKey;
  const publicKey = making
    ? PublicKeyCredential.parseCreationOptionsFromJSON(question)
    : PublicKeyCredential.parseRequestOptionsFromJSON(question);
  return making
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey });
}

async function answer() {
  status.textContent = "";
  try {
    form.elements.passkey.value = JSON.stringify((await ask()).toJSON());
    form.submit();
  } catch {
    status.textContent = "Dat lukte niet. Probeer het nog een keer.";
  }
}

if (button && globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  button.hidden = false;
  status.textContent = "";
  button.addEventListener("click", answer);
}
