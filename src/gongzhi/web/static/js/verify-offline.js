// The verifier in one file (web/one_file.py): two files in, every step told, nothing goes out.
// All its words stand in the page, in both languages; here they are only chosen.
import { encoder, subtle, verdictOn } from "./verify.js";

const root = document.documentElement;
const at = (id) => document.getElementById(id);
const show = (id, ...parts) => at(id).replaceChildren(...parts);
const bytes = async (id) => new Uint8Array(await at(id).files[0].arrayBuffer());
const part = (name, ...inside) => {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
};

/** A sentence of the page in both languages, its values filled in. */
function told(id, values = {}) {
  const copy = at(id).cloneNode(true);
  copy.removeAttribute("id");
  for (const each of copy.children)
    each.textContent = each.textContent.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  return copy;
}

/** A moment that no calendar reaches stays the number that it is. */
function moment(seconds) {
  const date = new Date(seconds * 1000);
  return isNaN(date) ? seconds : date.toISOString();
}

function* proved(found) {
  yield told("say-good", found);
  yield told("say-signed", found);
  for (const { name, at } of found.cosigned_by) yield told("say-seen", { name, at: moment(at) });
  if (!found.cosigned_by[0]) yield told("say-unseen");
  if (found.origin.split("/").includes("demo")) yield told("say-demo");
}

function* facts(text) {
  let entry = {};
  try {
    entry = JSON.parse(text) ?? entry;
  } catch {}
  for (const [name, value] of Object.entries(entry)) {
    yield part("dt", at("field-" + name) ? told("field-" + name) : name);
    yield part("dd", typeof value === "string" ? value : JSON.stringify(value));
  }
}

function tell(found, record) {
  const { verified, reason } = found;
  let state = "good";
  for (const step of at("steps").children) {
    const isHere = step.dataset.fails.split(" ").includes(reason);
    step.className = isHere ? "bad" : state;
    if (isHere) state = "";
  }
  root.dataset.verdict = reason ?? state;
  show("says");
  if (!verified) return show("verdict", told("say-bad"), told("why-" + reason, found));
  const text = new TextDecoder().decode(record);
  show("verdict", ...proved(found));
  show("says", told("say-record"), part("dl", ...facts(text)), part("pre", text));
}

document.forms[0].onsubmit = async (event) => {
  event.preventDefault();
  try {
    const [proof, record] = [await bytes("proof"), await bytes("record")];
    const policy = encoder.encode(at("policy").value);
    tell(await verdictOn({ proof, record, policy }), record);
  } catch (error) {
    show("verdict", told("say-unable"), `${error}`);
  }
};
root.onclick = ({ target }) => (root.lang = target.dataset.language ?? root.lang);
if (!/^zh/.test(navigator.language)) root.lang = "en";

// A point of the curve, as every key is: whoever can't read it can't check a signature.
const point = new Uint8Array(32).fill(102, 1).fill(88, 0, 1);
await subtle.importKey("raw", point, "Ed25519", false, ["verify"]);
at("unable").remove();
