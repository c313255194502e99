// Hashes the reader's file in their own browser and asks about the digest alone; a browser that
// can't lets the form go to the server, which hashes the file and forgets it.

const form = document.querySelector("form[data-copy]");
const box = form.querySelector("[data-drop]");
const field = form.elements.file;

async function digestOf(file) {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(file) {
  const address = new URL(form.action);
  address.searchParams.set("digest", await digestOf(file));
  location.assign(address);
}

form.addEventListener("submit", (event) => {
  const file = field.files[0];
  if (!file || !globalThis.crypto?.subtle) return;
  event.preventDefault();
  ask(file).catch(() => form.submit());
});

for (const name of ["dragenter", "dragover"]) {
  box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("over-it");
  });
}
for (const name of ["dragleave", "drop"]) {
  box.addEventListener(name, () => box.classList.remove("over-it"));
}
box.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  field.files = event.dataTransfer.files;
  form.requestSubmit();
});
