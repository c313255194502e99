// Dropping files on the box, naming what was chosen, and saying that the work has begun.

const form = document.querySelector("form[data-check]");
const box = form.querySelector("[data-drop]");
const field = box.querySelector("input[type=file]");
const list = box.querySelector("[data-chosen]");
const working = form.querySelector("[data-working]");

function show() {
  list.replaceChildren(
    ...[...field.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} · ${size(file.size)}`;
      return item;
    }),
  );
  list.hidden = field.files.length === 0;
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

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
  show();
  field.focus();
});
field.addEventListener("change", show);

// A table copied from Excel, Word or a page comes with its HTML; keep it, so that merged cells live.
const pasted = form.querySelector("textarea[name=pasted]");
const markup = form.querySelector("input[name=pasted_markup]");
pasted?.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  markup.value = html.includes("<table") ? html : "";
});
pasted?.addEventListener("input", (event) => {
  if (event.inputType !== "insertFromPaste") markup.value = "";
});

form.addEventListener("submit", (event) => {
  working.hidden = false; // said aloud: it is a status
  event.submitter?.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {
  working.hidden = true;
  show();
});
