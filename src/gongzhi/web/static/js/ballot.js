// A ballot: adds up what is chosen while somebody chooses. Without scripts the button does.

const form = document.querySelector("form[data-budget]");

if (form) {
  const budget = Number(form.dataset.budget);
  const sums = form.querySelector("[data-knapsack]");
  const isChosen = (field) =>
    field.type === "checkbox" ? field.checked : field.value.trim() !== "" && field.value !== "0";
  const money = (amount) =>
    amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const addUp = () => {
    const chosen = [...form.querySelectorAll("[data-cost]")].filter(isChosen);
    const cents = chosen.reduce((sum, each) => sum + Math.round(100 * each.dataset.cost), 0);
    const given = chosen.reduce((sum, each) => sum + (Number(each.value) || 0), 0);
    sums.querySelector("[data-count]").textContent = chosen.length;
    sums.querySelector("[data-sum]").textContent = money(cents / 100);
    sums.querySelector("progress").value = cents / 100;
    sums.querySelector("[data-over]").hidden = cents <= Math.round(100 * budget);
    const points = sums.querySelector("[data-given]");
    if (points) points.textContent = given;
  };

  form.querySelector("[data-add]").hidden = true;
  form.addEventListener("input", addUp);
  addUp();
}
