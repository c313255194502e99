// What every page gains from JavaScript: focus on what went wrong, menus that close, filters at once.

document.querySelector("[data-focus]")?.focus();

// One menu at a time; Escape closes menus and the texts of clauses.
const menus = () => document.querySelectorAll("details.switcher[open], details.answer[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
  for (const clause of document.querySelectorAll(".clause:hover, .clause:focus-within")) {
    clause.classList.add("closed");
    clause.addEventListener("mouseleave", () => clause.classList.remove("closed"), { once: true });
    clause.addEventListener("focusout", () => clause.classList.remove("closed"), { once: true });
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A seal mark verifies where it stands. Asked again, or where the browser can't, it leads to its
// entry, as it does without scripts; what verifies is fetched at the first click.
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a[data-seal]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!mark || !isPlain || event.button || mark.nextElementSibling) return;
  event.preventDefault();
  import("./seals.js")
    .then(({ tell }) => tell(mark))
    .catch(() => location.assign(mark.href));
});

// Ctrl+/ leads to the search. With a second key, so that nobody gets there by a slip of dictation.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || !(event.ctrlKey || event.metaKey)) return;
  const boxes = [...document.querySelectorAll("[data-search]")];
  const box = boxes.find((each) => each.checkVisibility());
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// A number that is dragged is written into its field, and the other way round.
for (const slider of document.querySelectorAll("input[type=range][data-for]")) {
  const field = document.getElementById(slider.dataset.for);
  slider.addEventListener("input", () => (field.value = slider.value));
  field.addEventListener("input", () => (slider.value = field.value));
}
