// The verdict on what a seal mark stands for, beside the mark.

const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

async function verdictOf({ words, policy, proof, record }) {
  const [{ verdictOn }, said, ...files] = await Promise.all([
    import("./verify.js"),
    fetch(words).then((answer) => answer.json()),
    ...[policy, proof, record].map(bytes),
  ]);
  const verdict = await verdictOn({ policy: files[0], proof: files[1], record: files[2] });
  const why = { why: filled(said.reasons[verdict.reason] ?? "", verdict) };
  return {
    kind: verdict.verified ? "kept" : "fault",
    text: verdict.verified ? filled(said.words.seal, verdict) : filled(said.words.bad, why),
    more: said.words.entry,
  };
}

function beside(mark) {
  const place = document.createElement("span");
  place.className = "seal-verdict";
  place.setAttribute("role", "status");
  mark.after(place);
  return place;
}

// Verify what the mark stands for and say so; fails where the browser or the network can't.
export async function tell(mark) {
  const place = beside(mark);
  const { kind, text, more } = await verdictOf(mark.dataset);
  const state = document.createElement("span");
  state.className = `state ${kind}`;
  state.textContent = text;
  const entry = document.createElement("a");
  entry.href = mark.href;
  entry.textContent = more;
  place.append(state, " ", entry);
}
