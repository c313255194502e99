// Checks a proof of the log in the reader's own browser: WebCrypto, no network, no library.
// Formats, order of checks and reasons are those of gongzhi/core/ledger (C2SP, RFC 9162).
// The policy says whom to believe, so it never comes with the proof. Numbers are decimal texts:
// a log may grow beyond what a JavaScript number counts exactly.

export const subtle = globalThis.crypto.subtle;
export const encoder = new TextEncoder();
const NUMBER_MAX = 2n ** 63n - 1n;
const ED25519 = 1;
const COSIGNATURE = 4;

class Rejected extends Error {}

/** Go on only if it holds. */
export function need(holds, reason, detail = "") {
  if (!holds) throw Object.assign(new Rejected(reason), { reason, detail });
}

/**
 * The verdict on a proof file and its record under a trust policy, three Uint8Arrays:
 * { verified: true, index, size, origin, root, signed_by, cosigned_by: [{ name, at }] }
 * or { verified: false, reason, detail }.
 */
export const verdictOn = ({ proof, record, policy }) =>
  decided(async () => proven(await readPolicy(policy), readText(proof, "proof"), record));

/** What was proven, or why nothing was. */
export async function decided(prove) {
  try {
    return await prove();
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return { verified: false, reason: error.reason, detail: error.detail };
  }
}

export async function proven(policy, content, record) {
  const { index, path, note } = readProof(content);
  const { checkpoint, attested } = await checkCheckpoint(note, policy);
  const { origin, size, root } = checkpoint;
  need(index < size, "index", `${index}`);
  const leaf = await sha256(joined([0], record));
  need(await includes(checkpoint, leaf, index, path), "tree");
  return {
    verified: true,
    index: `${index}`,
    size: `${size}`,
    origin,
    root: writeBase64(root),
    signed_by: attested.flatMap(({ key, at }) => (at === null ? key.name : [])),
    cosigned_by: attested.flatMap(({ key, at }) =>
      at === null ? [] : { name: key.name, at: `${at}` },
    ),
  };
}

// Bytes and texts

export const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const isSame = (a, b) => `${a}` === `${b}`;
export const sha256 = async (content) => new Uint8Array(await subtle.digest("SHA-256", content));
export const writeBase64 = (content) => btoa(String.fromCharCode(...content));
const hex = (content) => Array.from(content, (byte) => byte.toString(16).padStart(2, "0")).join("");
const hasControls = (text) => /[\x00-\x09\x0b-\x1f]/.test(text);
const isKeyName = (name) => name !== "" && !/[+\p{White_Space}]/u.test(name);
const isDecimal = (text) => /^(0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) <= NUMBER_MAX;

export function readText(content, reason) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    need(false, reason);
  }
}

/** The bytes of base64 written in the one standard way. */
export function readBase64(text, reason) {
  let binary = "";
  try {
    binary = atob(text);
  } catch {} // then nothing is what the text would be written from
  need(btoa(binary) === text, reason);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function readDecimal(text, reason) {
  need(isDecimal(text), reason);
  return BigInt(text);
}

export function readHash(text, reason) {
  const hash = readBase64(text, reason);
  need(hash.length === 32, reason);
  return hash;
}

// tlog-proof

function readProof(content) {
  const blank = content.indexOf("\n\n");
  const [first, ...lines] = content.slice(0, Math.max(blank, 0)).split("\n");
  if (lines[0]?.startsWith("extra ")) readBase64(lines.shift().slice(6), "proof");
  const index = lines.shift() ?? "";
  need(first === "c2sp.org/tlog-proof@v1" && index.startsWith("index "), "proof");
  need(lines.length <= 63, "proof");
  return {
    index: readDecimal(index.slice(6), "proof"),
    path: lines.map((line) => readHash(line, "proof")),
    note: content.slice(blank + 2),
  };
}

/** RFC 9162 section 2.1.3.2. */
export async function includes({ root, size }, leaf, index, path) {
  let [fn, sn, folding] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (sn === 0n) return false;
    const isRight = fn & 1n || fn === sn;
    folding = await sha256(isRight ? joined([1], sibling, folding) : joined([1], folding, sibling));
    while (isRight && fn && !(fn & 1n)) [fn, sn] = [fn >> 1n, sn >> 1n];
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && isSame(folding, root);
}

// signed-note, tlog-checkpoint, tlog-cosignature

async function checkCheckpoint(content, policy) {
  const { text, signatures } = readNote(content);
  const checkpoint = await readCheckpoint(text);
  const keys = [...policy.logs, ...policy.witnesses.values()];
  const attested = await checkNote(text, signatures, keys);
  const signers = attested.map(({ key }) => key);
  const isLog = (key) => key.name === checkpoint.origin && policy.logs.includes(key);
  need(signers.some(isLog), "unsigned", checkpoint.origin);
  need(isSatisfied(policy, signers), "quorum");
  return { checkpoint, attested };
}

function readNote(content) {
  const blank = content.lastIndexOf("\n\n");
  need(blank >= 0 && !hasControls(content), "note");
  const rows = content.slice(blank + 2).split("\n");
  need(rows.length > 1 && rows.pop() === "" && rows.length <= 64, "note");
  return { text: content.slice(0, blank + 1), signatures: rows.map(readSignature) };
}

function readSignature(row) {
  const [dash, name, encoded, ...more] = row.split(" ");
  need(dash === "\u2014" && encoded !== undefined && !more.length && isKeyName(name), "note");
  const content = readBase64(encoded, "note");
  need(content.length > 4, "note");
  return { name, id: hex(content.slice(0, 4)), signature: content.slice(4) };
}

async function readCheckpoint(text) {
  const [origin, count, encoded, rest, ...more] = text.split("\n");
  need(origin && rest === "" && !more.length, "checkpoint");
  const size = readDecimal(count, "checkpoint");
  const root = readHash(encoded, "checkpoint");
  const isEmpty = isSame(root, await sha256(new Uint8Array()));
  need(isEmpty === (size === 0n), "checkpoint");
  return { origin, size, root };
}

/** Unknown keys are ignored; one bad signature of a known key rejects the whole note. */
async function checkNote(text, signatures, keys) {
  const attested = new Map();
  for (const { name, id, signature } of signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    const at = key && (await momentOf(key, signature, text));
    if (key && !attested.has(key)) attested.set(key, { key, at });
  }
  return [...attested.values()];
}

async function momentOf({ name, kind, bytes }, signature, text) {
  let [at, message] = [null, encoder.encode(text)];
  if (kind === COSIGNATURE) {
    need(signature.length === 72, "signature", name);
    at = new DataView(signature.buffer).getBigUint64(0);
    need(at <= NUMBER_MAX, "signature", name);
    signature = signature.slice(8);
    message = joined(encoder.encode(`cosignature/v1\ntime ${at}\n`), message);
  }
  const key = await subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  need(await subtle.verify("Ed25519", key, signature, message), "signature", name);
  return at;
}

// tlog-policy

export async function readPolicy(content) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), grouped: new Set() };
  for (const [at, line] of readText(content, "policy").split("\n").entries()) {
    const words = line.split(/[ \t]+/).filter(Boolean);
    const isBlank = !words.length || words[0].startsWith("#");
    const isGood = !hasControls(line.replaceAll("\t", ""));
    need(isGood && (isBlank || (await takesLine(policy, words))), "policy", `${at + 1}`);
  }
  need(policy.quorum, "quorum-line");
  return policy;
}

async function takesLine(policy, [word, name, ...more]) {
  const { logs, witnesses, groups } = policy;
  const isDefined = (name) => name === "none" || witnesses.has(name) || groups.has(name);
  if (word === "log" && name && !more[1]) {
    const key = await readKey(name, ED25519, logs);
    return key && logs.push(key);
  }
  if (word === "quorum" && !more.length && !policy.quorum && isDefined(name)) {
    return (policy.quorum = name);
  }
  if (!name || isDefined(name)) return false;
  if (word === "witness" && more[0] && !more[2]) {
    const key = await readKey(more[0], COSIGNATURE, [...witnesses.values()]);
    return key && witnesses.set(name, key);
  }
  const group = word === "group" && groupOf(more, policy.grouped, isDefined);
  return group && groups.set(name, group);
}

function groupOf([word = "", ...members], grouped, isDefined) {
  const text = { any: "1", all: `${members.length}` }[word] ?? word;
  const isFree = (name) => name !== "none" && isDefined(name) && !grouped.has(name);
  const isOnce = members.every(isFree) && new Set(members).size === members.length;
  if (!isOnce || !isDecimal(text) || text === "0" || BigInt(text) > members.length) return null;
  members.forEach((name) => grouped.add(name));
  return { threshold: BigInt(text), members };
}

/** A verifier key of the kind, unless it is malformed or known already. */
async function readKey(text, kind, known) {
  const [, name, id, encoded] = /^([^+]+)\+([^+]*)\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  if (!name || !isKeyName(name) || encoded.length !== 44) return null;
  const content = readBase64(encoded, "policy");
  const bytes = content.slice(1);
  const named = await sha256(joined(encoder.encode(`${name}\n`), content));
  const isNew = !known.some((other) => isSame(other.bytes, bytes));
  const isGood = content[0] === kind && bytes.length === 32 && hex(named.slice(0, 4)) === id;
  return isGood && isNew ? { name, id, kind, bytes } : null;
}

function isSatisfied({ witnesses, groups, quorum }, signers) {
  const signed = new Map([["none", true]]);
  witnesses.forEach((key, name) => signed.set(name, signers.includes(key)));
  groups.forEach(({ threshold, members }, name) => {
    signed.set(name, members.filter((each) => signed.get(each)).length >= threshold);
  });
  return signed.get(quorum);
}
