// The verifier in one file (web/one_file.py): files in, every step told, nothing goes out.
// All its words stand in the page, in both languages; here they are only chosen.
import { encoder, keyOf, proven, verdictOn } from "./verify.js";
import { isOfRow, namesIn, provenRow } from "./verify-row.js";

const root = document.documentElement;
const at = (id) => document.getElementById(id);
const show = (id, ...parts) => at(id).replaceChildren(...parts);
const part = (name, inside) => {
  const made = document.createElement(name);
  made.append(inside);
  return made;
};

/** A sentence of the page in both languages, its values filled in. */
function told(id, values) {
  const copy = at(id).cloneNode(true);
  copy.id = "";
  for (const each of copy.children)
    each.textContent = each.textContent.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  return copy;
}

/** A moment that no calendar reaches stays the number that it is. */
function moment(seconds) {
  try {
    return new Date(seconds * 1000).toISOString();
  } catch {
    return seconds;
  }
}

function* proved(found) {
  yield told(found.rows ? "say-row" : "say-good", found);
  yield told("say-signed", found);
  for (const { name, at } of found.cosigned_by) yield told("say-seen", { name, at: moment(at) });
  if (!found.cosigned_by[0]) yield told("say-unseen");
  if (found.origin.split("/").includes("demo")) yield told("say-demo");
}

function* facts(named) {
  for (const [name, value] of Object.entries(named)) {
    yield part("dt", at("field-" + name) ? told("field-" + name) : name);
    yield part("dd", typeof value === "string" ? value : JSON.stringify(value));
  }
}

function tell(found) {
  const { reason, record, shown } = found;
  let state = "good";
  for (const step of at("steps").children) {
    const isHere = step.matches(`[data-fails~=${reason}]`);
    step.className = isHere ? "bad" : state;
    if (isHere) state = "";
  }
  root.dataset.verdict = reason ?? state;
  at("says").hidden = reason;
  if (reason) return show("verdict", told("say-bad"), told("why-" + reason, found));
  show("verdict", ...proved(found));
  show("facts", ...facts(namesIn(record)), ...facts(shown ? { shown } : {}));
  show("text", new TextDecoder().decode(record));
}

/** One file or both, wherever they were dropped: a proof is known by its name. */
at("check").onclick = async () => {
  try {
    const files = [...at("proof").files, ...at("record").files];
    files.sort((a, b) => /-proof/.test(b.name) - /-proof/.test(a.name));
    const [proof, record] = await Promise.all(
      files.map(async (file) => new Uint8Array(await file.arrayBuffer())),
    );
    const isRow = proof && isOfRow(proof);
    if (!isRow && !record) return show("verdict", told("say-lacking"));
    root.dataset.row = isRow;
    const policy = encoder.encode(at("policy").value);
    tell(await verdictOn({ proof, record, policy }, isRow ? provenRow : proven));
  } catch (error) {
    show("verdict", told("say-unable"), `${error}`);
  }
};
root.onclick = ({ target }) => (root.lang = target.dataset.language ?? root.lang);
if (!/^zh/.test(navigator.language)) root.lang = "en";

// A point of the curve, as every key is: whoever can't read it can't check a signature.
await keyOf(new Uint8Array(32).fill(102).fill(88, 0, 1));
at("unable").remove();
