// A survey on a telephone: what was chosen is kept there until it is sent, and sent when the
// network is back. Sent twice it counts once: link, number or account answer one survey once.

const form = document.querySelector("form[data-survey]");

if (form) {
  const place = `survey:${form.dataset.survey}`;
  const waiting = form.querySelector("[data-waiting]");
  const hidden = new Set(["csrfmiddlewaretoken", "link", "paper"]);

  const chosen = () =>
    [...new FormData(form)].filter(([name, value]) => !hidden.has(name) && value !== "");
  const right = () => `${form.elements.link.value}|${form.elements.paper.value}`;

  const keep = (isSent) => {
    try {
      const kept = { right: right(), fields: chosen(), isSent };
      localStorage.setItem(place, JSON.stringify(kept));
    } catch {
      // a browser that keeps nothing still sends
    }
  };

  const kept = () => {
    try {
      const found = JSON.parse(localStorage.getItem(place));
      return found?.right === right() ? found : null;
    } catch {
      return null;
    }
  };

  const restore = (fields) => {
    for (const [name, value] of fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
        else if (!field.value) field.value = value;
      }
    }
  };

  const send = async () => {
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    } catch {
      keep(true);
      waiting.hidden = false;
      return;
    }
    if (answer.ok && answer.redirected) {
      localStorage.removeItem(place);
      location.assign(answer.url);
    } else if (answer.status >= 500 || answer.status === 429) {
      keep(true);
      waiting.hidden = false;
    } else {
      keep(false);
      form.submit(); // shows what is wrong, as without scripts
    }
  };

  form.addEventListener("change", () => keep(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  addEventListener("online", () => {
    if (kept()?.isSent) send();
  });

  const before = kept();
  if (before) {
    restore(before.fields);
    if (before.isSent) send();
  }
}
