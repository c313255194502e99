// Security keys (WebAuthn): the browser is handed what the page carries, its answer goes into the form.

const ALPHABET = { "-": "+", _: "/" };

function bytes(text) {
  const plain = text.replace(/[-_]/g, (letter) => ALPHABET[letter]);
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function credentials(list) {
  return (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

function make(options) {
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: credentials(options.excludeCredentials),
    },
  });
}

function use(options) {
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: credentials(options.allowCredentials),
    },
  });
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
}

for (const form of document.querySelectorAll("form[data-key]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[data-key-told]");
    told.hidden = true;
    try {
      const ask = form.dataset.key === "make" ? make : use;
      form.elements.answer.value = answer(await ask(JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      told.hidden = false; // the person said no, the key was taken out, or time ran out
    }
  });
}
