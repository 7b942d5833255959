// Binds allauth's passkey functions to the form that says data-passkey, and says in words what failed.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-passkey]");
  const fault = document.getElementById("passkey-fault");
  if (!form || !fault) return;
  const sentence = fault.querySelector("p");
  const say = (text) => {
    sentence.textContent = text;
    fault.hidden = false;
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(sentence.dataset.cancelled);
  });
  const button = document.getElementById("passkey_button");
  if (!window.PublicKeyCredential) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      say(sentence.dataset.unsupported);
    });
    return;
  }
  const ids = {
    login: button.id,
    authenticate: button.id,
    add: button.id,
    passwordless: "id_passwordless",
    credential: form.querySelector("[name=credential]").id,
  };
  if (form.dataset.passkey !== "login") ids.data = "passkey_data";
  window.allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids });
});
