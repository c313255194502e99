// Checks a proof of the log in the reader's own browser: WebCrypto, no network, no library.
// Formats, order of checks and reasons are those of gongzhi/core/ledger (C2SP, RFC 9162).
// The policy says whom to believe, so it never comes with the proof. Numbers are BigInts: a log
// may grow beyond what a JavaScript number counts exactly.

export const encoder = new TextEncoder();

/** Go on only if it holds. */
export function need(holds, reason, detail = "") {
  if (!holds) throw { reason, detail };
}

/** What a reader makes of its text; whatever it stumbles over is rejected for this reason. */
export async function reading(reason, read, detail) {
  try {
    return await read();
  } catch {
    need(false, reason, detail);
  }
}

/**
 * The verdict on a proof file and its record under a trust policy, three Uint8Arrays:
 * { verified: true, index, size, origin, cosigned_by: [{ name, at }], record }
 * or { verified: false, reason, detail }.
 */
export async function verdictOn({ proof, record, policy }, prove = proven) {
  try {
    return await prove(await readPolicy(policy), proof, record);
  } catch (error) {
    if (!error.reason) throw error;
    return { verified: false, ...error };
  }
}

export async function proven(policy, proof, record) {
  const { index, path, note } = await readProof(proof);
  const { origin, size, root, attested } = await checkCheckpoint(note, policy);
  need(index < size, "index", index);
  need(await includes({ root, size }, record, index, path), "tree");
  const cosigned_by = attested.filter(({ at }) => at);
  return { verified: true, index, size, origin, cosigned_by, record };
}

// Bytes and texts

export const sha256 = async (...parts) => {
  const joined = Uint8Array.from(parts.flatMap((part) => [...part]));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined));
};
export const keyOf = (bytes) => crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
export const linesIn = (text) => text.match(/.+/g) ?? [];
export const textIn = (bytes) =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** The bytes of base64 written in the one standard way. */
export function readBase64(text) {
  const binary = atob(text);
  need(btoa(binary) === text);
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function readHash(text) {
  const hash = readBase64(text);
  need(hash.length === 32);
  return hash;
}

export function readDecimal(text) {
  need(/^(0|[1-9]\d{0,18})$/.test(text) && BigInt(text) < 2n ** 63n);
  return BigInt(text);
}

// tlog-proof

const readProof = (proof) =>
  reading("proof", () => {
    const [, extra = "", index, path, note] = textIn(proof).match(
      /^c2sp\.org\/tlog-proof@v1\n(?:extra (.*)\n)?index (.*)\n((?:.+\n){0,63})\n([^]*)$/,
    );
    readBase64(extra);
    return { index: readDecimal(index), path: linesIn(path).map(readHash), note };
  });

/** Whether a tree has the record as that leaf: RFC 9162 section 2.1.3.2. */
export async function includes({ root, size }, record, index, path) {
  let [fn, sn, folding] = [index, size - 1n, await sha256([0], record)];
  for (const sibling of path) {
    if (!sn) return false;
    const isRight = fn & 1n || fn === sn;
    folding = await (isRight ? sha256([1], sibling, folding) : sha256([1], folding, sibling));
    let bit;
    do [bit, fn, sn] = [fn & 1n, fn >> 1n, sn >> 1n];
    while (isRight && !bit);
  }
  return !sn && `${folding}` === `${root}`;
}

// signed-note, tlog-checkpoint, tlog-cosignature

/** Unknown keys are ignored; one bad signature of a known key rejects the whole note. */
async function checkCheckpoint(note, { keys, quorum }) {
  const { text, seals } = await readNote(note);
  const checkpoint = await readCheckpoint(text);
  const signers = new Map();
  for (const { name, id, seal } of seals) {
    const key = [...keys.values()].find((known) => known.name === name && known.id === id);
    const at = key && (await momentOf(key, seal, text));
    if (key && !signers.has(key)) signers.set(key, { name, at });
  }
  const attested = [...signers.values()];
  const isLog = ({ name, at }) => !at && name === checkpoint.origin;
  need(attested.some(isLog), "unsigned", checkpoint.origin);
  need(quorum(signers), "quorum");
  return { ...checkpoint, attested };
}

const readNote = (note) =>
  reading("note", () => {
    const [, text, lines] = /^([^]*\n)\n((?:.+\n){1,64})$/.exec(note);
    need(!/[\x00-\x09\x0b-\x1f]/.test(note));
    return { text, seals: linesIn(lines).map(readSeal) };
  });

function readSeal(line) {
  const [, name, base64] = /^— ([^+\p{White_Space}]+) (.+)$/u.exec(line);
  const bytes = readBase64(base64);
  need(bytes.length > 4);
  return { name, id: new DataView(bytes.buffer).getUint32(), seal: bytes.slice(4) };
}

const readCheckpoint = (text) =>
  reading("checkpoint", () => {
    const [, origin, count, root] = /^([^\n]+)\n(.+)\n(.+)\n$/.exec(text);
    const size = readDecimal(count);
    need((root === "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") === !size); // SHA-256("")
    return { origin, size, root: readHash(root) };
  });

/** When a witness says it signed; nothing for the log itself. */
async function momentOf({ name, kind, bytes }, seal, text) {
  let at;
  if (kind === 4) {
    need(seal.length === 72 && seal[0] < 128, "signature", name);
    at = `${new DataView(seal.buffer).getBigUint64()}`;
    seal = seal.slice(8);
    text = `cosignature/v1\ntime ${at}\n${text}`;
  }
  const message = encoder.encode(text);
  need(await crypto.subtle.verify("Ed25519", await keyOf(bytes), seal, message), "signature", name);
  return at;
}

// tlog-policy: whose signatures count, and when each name of a quorum is satisfied by signers.
// Keys are of kind 1 where they sign for a log, of kind 4 where they cosign for a witness.

async function readPolicy(bytes) {
  const policy = {
    keys: new Map(),
    taken: new Set(["none"]),
    named: { __proto__: null, none: () => true },
  };
  const text = await reading("policy", () => textIn(bytes));
  for (const [at, line] of text.split("\n").entries())
    await reading("policy", () => takeLine(policy, line), at + 1);
  need(policy.quorum, "quorum-line");
  return policy;
}

async function takeLine(policy, line) {
  const [word = "#", name, ...more] = line.match(/[^ \t]+/g) ?? [];
  const { keys, named } = policy;
  need(!/[\x00-\x08\x0b-\x1f]/.test(line));
  if (word[0] === "#") return;
  if (word === "log" && !more[1]) return readKey(name, 1, keys);
  if (word === "quorum" && !more[0] && !policy.quorum) {
    policy.quorum = named[name];
    return need(policy.quorum);
  }
  need(name && !named[name]);
  if (word === "group") return (named[name] = groupOf(more, policy));
  need(word === "witness" && !more[2]);
  const key = await readKey(more[0], 4, keys);
  named[name] = (signers) => signers.has(key);
}

function groupOf([word, ...members], { named, taken }) {
  need(members.every((name) => named[name] && !taken.has(name) && taken.add(name)));
  const least = readDecimal({ any: "1", all: `${members.length}` }[word] ?? word);
  need(least && least <= members.length);
  return (signers) => members.filter((name) => named[name](signers)).length >= least;
}

/** A verifier key of the kind, now known, unless it is malformed or was known before. */
async function readKey(text, kind, known) {
  const [, name, id, base64] = /^([^+\p{White_Space}]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text);
  const typed = readBase64(base64);
  const hash = await sha256(encoder.encode(`${name}\n`), typed);
  const key = { name, id: new DataView(hash.buffer).getUint32(), kind, bytes: typed.slice(1) };
  need(typed[0] === kind && typed.length === 33 && key.id === parseInt(id, 16));
  need(!known.has(base64));
  known.set(base64, key);
  return key;
}
