// Checks the proof of one row of a batch: from the row to the batch's root, and from there to the
// log. Steps and reasons are those of gongzhi/core/ledger/row_proof.py and core/sealed.py.
import {
  encoder, includes, linesIn, need, proven, readBase64, readDecimal, readHash, reading, sha256, textIn, verdictOn,
} from "./verify.js";


/** Whether a file says of itself that it proves a row. */
export const isOfRow = (proof) =>
  String.fromCharCode(...proof.slice(0, 20)) === "gongzhi/row-proof@v1";

/**
 * The verdict on a row proof under a trust policy, two Uint8Arrays: that on its entry, and
 * { row, rows, kind, shown } and the row as record; or { verified: false, reason, detail }. A record that is
 * given besides stands for the one in the proof.
 */
export const verdictOnRow = (files) => verdictOn(files, provenRow);

export async function provenRow(policy, content, given) {
  const { row, inside, values, path, entry, proof } = await readRowProof(content);
  const record = given ?? inside;
  const shown = {};
  for (const { field, salt, value } of values) {
    need(namesIn(record).c?.[field] === (await promiseOf(value, salt)), "value", field);
    shown[field] = canonicalIn(value);
  }
  const { kind, ...batch } = await reading("batch", () => readBatch(entry), row);
  need(row < batch.size && (await includes(batch, record, row, path)), "batch", row);
  return { ...(await proven(policy, proof, entry)), row, rows: batch.size, kind, record, shown };
}

const readRowProof = (content) =>
  reading("row", () => {
    const [, row, record, values, path, entry, proof] = textIn(content).match(
      /^gongzhi\/row-proof@v1\nrow (.*)\nrecord (.*)\n((?:value .*\n)*)((?:.+\n){0,63})\nentry (.*)\n([^]*)$/,
    );
    return {
      row: readDecimal(row),
      inside: readBase64(record),
      values: linesIn(values).map(readValue),
      path: linesIn(path).map(readHash),
      entry: readBase64(entry),
      proof: encoder.encode(proof),
    };
  });

function readValue(line) {
  const [, field, salt, base64] = /^value ([^\p{White_Space}\x00-\x1f]{1,200}) (.+) (.+)$/u.exec(line);
  const value = readBase64(base64);
  canonicalIn(value);
  return { field, salt: readHash(salt), value };
}

/** base64(HMAC-SHA256(salt, value)), RFC 2104: a salt is shorter than a block. */
async function promiseOf(value, salt) {
  const padded = (pad) => Array.from({ length: 64 }, (_, at) => salt[at] ^ pad);
  const hash = await sha256(padded(0x5c), await sha256(padded(0x36), value));
  return btoa(String.fromCharCode(...hash));
}

function readBatch(entry) {
  const { kind, root, size, ...more } = namesIn(entry).batch;
  need(kind && typeof kind === "string" && size > 0 && size === +size);
  need(!Object.keys(more)[0]);
  return { kind, size: BigInt(size), root: readHash(root) };
}

/** What canonical JSON says by name; nothing where the bytes are anything else. */
export function namesIn(bytes) {
  try {
    return canonicalIn(bytes) ?? {};
  } catch {
    return {};
  }
}

/** The value whose canonical JSON is exactly these bytes; fails for anything else. */
function canonicalIn(bytes) {
  const text = textIn(bytes);
  const value = JSON.parse(text);
  need(canonical(value) === text);
  return value;
}

function canonical(value, depth = 0) {
  const inner = (each) => canonical(each, depth + 1);
  need(depth <= 32);
  if (Array.isArray(value)) return `[${value.map(inner)}]`;
  if (value instanceof Object)
    return `{${Object.keys(value).sort().map((key) => inner(key) + ":" + inner(value[key]))}}`;
  need(typeof value === "number" ? Number.isSafeInteger(value) : !/\p{Cs}/u.test(value));
  return JSON.stringify(value);
}
