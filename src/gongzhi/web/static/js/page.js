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
