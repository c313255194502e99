// Verifies in the reader's own browser; a browser that can't lets the form go to the server.
import { verdictOn } from "./verify.js";
import { isOfRow, verdictOnRow } from "./verify-row.js";

const form = document.querySelector("form[data-verify]");
const out = document.querySelector("[data-verdict]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = read("verdict-words");
const reasons = read("verdict-reasons");
const policyHere = new TextEncoder().encode(read("policy-here"));
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const bytes = async (file) => new Uint8Array(await file.arrayBuffer());
const fetched = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());

async function files() {
  const { proof, record, policy } = form.elements;
  if (form.dataset.proof)
    return { proof: await fetched(form.dataset.proof), record: await fetched(form.dataset.record), policy: policyHere };
  const given = proof.files[0] && (await bytes(proof.files[0]));
  if (!given || (!record.files[0] && !isOfRow(given))) return null;
  return {
    proof: given,
    record: record.files[0] && (await bytes(record.files[0])),
    policy: policy?.files[0] ? await bytes(policy.files[0]) : policyHere,
  };
}

function tell(text, kind) {
  const notice = document.createElement("div");
  notice.className = `notice ${kind}`;
  const line = document.createElement("p");
  line.textContent = text;
  notice.append(line);
  out.replaceChildren(notice);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  let verdict;
  try {
    const given = await files();
    if (given === null) return tell(words.lacking, "watch");
    verdict = await (isOfRow(given.proof) ? verdictOnRow : verdictOn)(given);
  } catch {
    tell(words.unable, "watch");
    return form.submit();
  }
  if (verdict.verified) tell(filled(words[verdict.rows ? "row" : "good"], verdict), "kept");
  else tell(filled(words.bad, { why: filled(reasons[verdict.reason], verdict) }), "fault");
});
