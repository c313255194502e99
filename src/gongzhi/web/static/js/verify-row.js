// Checks the proof of one row of a batch: from the row to the batch's root, and from there to the
// log. Steps and reasons are those of gongzhi/core/ledger/row_proof.py and core/sealed.py.
import {
  decided, encoder, includes, joined, need, proven, readBase64, readDecimal, readHash, readPolicy, readText,
  sha256, subtle, writeBase64,
} from "./verify.js";

const FIRST_LINE = "gongzhi/row-proof@v1";

/** Whether a file says of itself that it proves a row. */
export const isOfRow = (content) =>
  `${content.slice(0, FIRST_LINE.length)}` === `${encoder.encode(FIRST_LINE)}`;

/**
 * The verdict on a row proof under a trust policy, two Uint8Arrays: that on its entry, and
 * { row, rows, kind, record, entry }; or { verified: false, reason, detail }.
 */
export const verdictOnRow = ({ proof, policy }) =>
  decided(async () => provenRow(await readPolicy(policy), readText(proof, "row")));

async function provenRow(policy, content) {
  const { row, record, shown, path, entry, proof } = readRowProof(content);
  for (const { field, salt, value } of shown) {
    const promises = isMap(record.value) && record.value.c;
    const promised = isMap(promises) && promises[field];
    need(promised === (await promiseOf(value, salt)), "value", field);
  }
  const batch = batchOf(canonicalIn(entry));
  const leaf = await sha256(joined([0], record.bytes));
  need(batch && row < batch.size && (await includes(batch, leaf, row, path)), "batch", `${row}`);
  const found = await proven(policy, proof, entry);
  return { ...found, row: `${row}`, rows: `${batch.size}`, kind: batch.kind, record: record.bytes, entry };
}

function readRowProof(content) {
  const [head, rest] = parted(content, "\n\n");
  const [first, row, record, ...lines] = head.split("\n");
  const [entry, proof] = parted(rest, "\n");
  need(first === FIRST_LINE, "row");
  const shown = lines.filter((line) => line.startsWith("value "));
  const path = lines.slice(shown.length);
  need(path.length <= 63, "row");
  const bytes = readBase64(after("record ", record), "row");
  return {
    row: readDecimal(after("row ", row), "row"),
    record: { bytes, value: canonicalIn(bytes) },
    shown: shown.map(readShown),
    path: path.map((line) => readHash(line, "row")),
    entry: readBase64(after("entry ", entry), "row"),
    proof,
  };
}

function readShown(line) {
  const [, field, salt, encoded, ...more] = line.split(" ");
  need(encoded !== undefined && !more.length && isField(field), "row");
  const value = readBase64(encoded, "row");
  need(canonicalIn(value) !== undefined, "row");
  return { field, salt: readHash(salt, "row"), value };
}

const isMap = (value) => value && typeof value === "object" && !Array.isArray(value);
const isField = (name) => /^[^\p{White_Space}\x00-\x1f]{1,200}$/u.test(name);

function parted(text, separator) {
  const at = text.indexOf(separator);
  need(at >= 0, "row");
  return [text.slice(0, at), text.slice(at + separator.length)];
}

function after(word, line) {
  need(line?.startsWith(word), "row");
  return line.slice(word.length);
}

/** base64(HMAC-SHA256(salt, value)). */
async function promiseOf(value, salt) {
  const key = await subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return writeBase64(new Uint8Array(await subtle.sign("HMAC", key, value)));
}

function batchOf(entry) {
  const { kind, root, size, ...more } = (isMap(entry) && entry.batch) || {};
  if (!kind || typeof kind !== "string" || typeof root !== "string") return null;
  if (typeof size !== "number" || size < 1 || Object.keys(more).length) return null;
  try {
    return { kind, size: BigInt(size), root: readHash(root, "batch") };
  } catch {
    return null;
  }
}

/** The value whose canonical JSON is exactly these bytes; undefined for anything else. */
function canonicalIn(content) {
  try {
    const text = readText(content, "row");
    const value = JSON.parse(text);
    return canonical(value, 0) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function canonical(value, depth) {
  need(depth <= 32 && (typeof value !== "number" || Number.isSafeInteger(value)), "row");
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each, depth + 1))}]`;
  if (isMap(value)) {
    const pair = (key) => canonical(key, 0) + ":" + canonical(value[key], depth + 1);
    return `{${Object.keys(value).sort().map(pair)}}`;
  }
  need(typeof value !== "string" || value.isWellFormed(), "row");
  return JSON.stringify(value);
}
