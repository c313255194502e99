"""The verifier in the browser gives the same verdicts as the one in Python, in Chromium."""

import dataclasses
from base64 import b64encode
from pathlib import Path

import pytest

import gongzhi
from core.ledger.batches import entry_over, made_entry_proof, made_row_proof, row
from core.ledger.policies import FOUR_OF_FIVE, KNOWN, NESTED, WITNESS_LINES
from core.ledger.proofs import RECORDS, made_proof
from core.ledger.signers import LOG, OTHER_LOG, WITNESSES
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.policy import policy_text, read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Reason, Rejected, RejectedError
from gongzhi.core.ledger.row_proof import FIRST_LINE, is_row_proof, row_verdict_on
from gongzhi.core.sealed import canonical

pytestmark = pytest.mark.journey

SCRIPTS = Path(gongzhi.__file__).parent / "web" / "static" / "js"
HERE = "http://localhost/"
PAGE = '<!doctype html><title>verify</title><script type="module" src="page.js"></script>'
PAGE_SCRIPT = """
import { verdictOn } from "./verify.js";
import { isOfRow, verdictOnRow } from "./verify-row.js";
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const verdict = (proof, record, policy) =>
  isOfRow(proof) ? verdictOnRow({ proof, policy }) : verdictOn({ proof, record, policy });
const text = (_, value) => (["bigint", "number"].includes(typeof value) ? `${value}` : value);
const plain = (verdict) => JSON.parse(JSON.stringify(verdict, text));
globalThis.verdicts = (cases) => Promise.all(cases.map(
  async (each) => plain(await verdict(bytes(each.proof), bytes(each.record), bytes(each.policy)))));
"""
STRICT = "default-src 'none'; script-src 'self'"
ALONE = policy_text(LOG.verifier)
CAME_WITH_IT = ("record", "entry", "shown")  # of a row proof
GOOD = made_proof(5, size=9).content
COSIGNED = made_proof(5, size=9, cosigners="ABCE").content


@pytest.fixture
def verdicts(page):
    """What the browser says of (proof, record, policy), under the site's strict policy."""
    files = {"": PAGE, "page.js": PAGE_SCRIPT}
    files |= {name: (SCRIPTS / name).read_text() for name in ("verify.js", "verify-row.js")}

    def answer(route):
        name = route.request.url.removeprefix(HERE)
        kind = "text/javascript" if name.endswith(".js") else "text/html"
        route.fulfill(
            body=files[name],
            content_type=f"{kind}; charset=utf-8",
            headers={"Content-Security-Policy": STRICT},
        )

    page.route("**/*", answer)
    page.goto(HERE)
    page.wait_for_function("() => Boolean(globalThis.verdicts)")

    def ask(cases):
        encoded = [
            {
                name: b64encode(part.encode() if isinstance(part, str) else part).decode()
                for name, part in zip(("proof", "record", "policy"), case, strict=True)
            }
            for case in cases
        ]
        return page.evaluate("(cases) => globalThis.verdicts(cases)", encoded)

    return ask


def in_python(proof, record, policy):
    """The same verdict in the same shape."""
    try:
        known = read_policy(policy.decode() if isinstance(policy, bytes) else policy)
    except UnicodeDecodeError:
        return {"verified": False, "reason": Reason.POLICY, "detail": ""}
    except RejectedError as error:
        return failed(error.rejected)
    content = proof.encode() if isinstance(proof, str) else proof
    if is_row_proof(content):
        return of_row(row_verdict_on(content, policy=known))
    verdict = verdict_on(content, record=record, policy=known)
    if isinstance(verdict, Rejected):
        return failed(verdict)
    assert isinstance(verdict, Proven)
    return held(verdict)


def held(verdict):
    return {
        "verified": True,
        "index": str(verdict.index),
        "size": str(verdict.checkpoint.size),
        "origin": verdict.checkpoint.origin,
        "cosigned_by": [
            {"name": each.key.name, "at": str(each.at)}
            for each in verdict.attestations
            if each.at is not None
        ],
    }


def of_row(verdict):
    if verdict.fault is not None:
        return failed(verdict.fault)
    numbers = {"row": str(verdict.read.row), "rows": str(verdict.batch.size)}
    return {**held(verdict.log), **numbers, "kind": verdict.batch.kind}


def failed(rejected):
    return {"verified": False, "reason": rejected.reason, "detail": rejected.detail}


def assert_same(verdicts, cases):
    said = verdicts(cases)
    for case, browser in zip(cases, said, strict=True):
        told = {name: browser[name] for name in browser if name not in CAME_WITH_IT}
        assert told == in_python(*case), case
    return [verdict["verified"] for verdict in said]


def test_w10_good_proofs_hold_in_the_browser_too(verdicts):
    cases = [
        (made_proof(index, size=size).content, RECORDS[index], ALONE)
        for size in (1, 2, 3, 7, 8, 9, 31, 40)
        for index in range(size)
    ]
    assert all(assert_same(verdicts, cases))


def test_w10_quorums_are_counted_alike(verdicts):
    cases = [
        (made_proof(5, size=9, cosigners=some).content, RECORDS[5], policy)
        for some in ("", "A", "ABC", "ABCE", "ABCDE", "ABD", "DE", "AABB")
        for policy in (ALONE, FOUR_OF_FIVE, NESTED, KNOWN + "quorum C\n")
    ]
    held = assert_same(verdicts, cases)
    assert any(held)
    assert not all(held)


@pytest.mark.parametrize("content", [GOOD, COSIGNED], ids=["signed", "cosigned"])
def test_w10_every_altered_byte_fails_for_the_same_reason(verdicts, content):
    policy = ALONE if content is GOOD else FOUR_OF_FIVE
    cases = []
    for at in range(len(content.encode())):
        altered = bytearray(content.encode())
        altered[at] ^= 1 << at % 8
        cases.append((bytes(altered), RECORDS[5], policy))
    assert not any(assert_same(verdicts, cases))


def test_w10_malformed_proofs_are_refused_alike(verdicts):
    replacements = [
        ("@v1", "@v2"),
        ("index 5", "index 05"),
        ("index 5", "index ５"),
        ("index 5", "index 9"),
        ("index 5", f"index {2**63}"),
        ("index 5", "index 9999999999999999999"),
        ("index 5\n", ""),
        ("index 5\n", "index 5\nAAAA\n"),
        ("index 5\n", "extra AAAA\nindex 5\n"),
        ("index 5\n", "extra !\nindex 5\n"),
        ("index 5\n", "extra\nindex 5\n"),
        ("index 5\n", "index 5\nextra AAAA\n"),
        ("index 5\n", "index 5\n" + f"{write_base64(bytes(32))}\n" * 61),
        ("\n", "\r\n"),
        ("\n9\n", "\n09\n"),
        ("\n9\n", "\n0\n"),
        ("\n9\n", f"\n{2**63}\n"),
        ("\n9\n", "\n9\n\n"),
        ("\n\n", "\nmore\n\n"),
        ("\u2014 ", "\u2014\u00a0"),
        ("\u2014 ", "\u2014  "),
        ("\u2014 log", "\u2014 \u3000log"),
        ("\u2014 log", "\u2014 \x85log"),
        ("\u2014 log", "\u2014 \ufefflog"),
        ("\u2014 log", "\u2014 l+og"),
        ("\u2014 log", "\u2014 \x1clog"),
        ("=\n", "= \n"),
        ("=\n", "\n"),
    ]
    cases = [(GOOD.replace(old, new), RECORDS[5], ALONE) for old, new in replacements]
    signature = GOOD.rpartition("\n\n")[2]
    cases += [
        (content, RECORDS[5], ALONE)
        for content in (
            "",
            "\n\n",
            "\ufeff" + GOOD,
            GOOD[:-1],
            GOOD + "\n",
            GOOD + signature,
            GOOD + signature * 63,
            GOOD + signature * 64,
            GOOD.encode("utf-16"),
            GOOD.encode() + b"\xff",
            made_proof(5, size=9, log=OTHER_LOG).content,
            made_proof(5, size=9, origin=OTHER_LOG.name).content,
            made_proof(5, size=9, extra=b"more").content,
        )
    ]
    cases += [(GOOD, record, ALONE) for record in (b"", RECORDS[4], RECORDS[5] + b" ")]
    assert sum(assert_same(verdicts, cases)) == 4  # extra data twice, the same signature 2 times


def test_w10_policies_are_read_alike(verdicts):
    key, witness = LOG.verifier.text, WITNESSES["A"].verifier.text
    lines = [
        "",
        "# nothing",
        "log",
        "log nonsense",
        f"log {witness}",
        f"log {key}",
        f"log {key} a b",
        f"log {OTHER_LOG.verifier.text} https://a",
        f"log {OTHER_LOG.verifier.text[:-1]}",
        f"log {OTHER_LOG.verifier.text}=",
        f"log {OTHER_LOG.verifier.text.upper()}",
        f"witness W {key}",
        f"witness W {witness}",
        f"witness none {witness}",
        "witness W",
        "group G any",
        "group G any F",
        "group G any none",
        "group G any A A",
        "group G 0 A B",
        "group G 3 A B",
        "group G 02 A B C",
        "group G constructor A B",
        "group G __proto__ A B",
        "group G 2 A B C",
        "group A any B",
        "group G any A B\ngroup H any B C",
        "group",
        "quorum F",
        "quorum",
        "quorum A B",
        "Quorum none",
        "# caf\x0b",
        "quorum none\r",
        "\tlog \t" + OTHER_LOG.verifier.text,
    ]
    cases = [(GOOD, RECORDS[5], KNOWN + line + "\nquorum none\n") for line in lines]
    cases += [(GOOD, RECORDS[5], KNOWN + line + "\n") for line in lines]
    cases += [
        (GOOD, RECORDS[5], policy)
        for policy in ("", "quorum none", b"\xff", WITNESS_LINES + "quorum none\n", ALONE + ALONE)
    ]
    held = assert_same(verdicts, cases)
    assert any(held)
    assert not all(held)


ROWS = [row(number) for number in range(11)]
ROW = made_row_proof(6, rows=ROWS, show=["amount", "payee"])


def test_w10_rows_are_proved_alike(verdicts):
    cases = [
        (made_row_proof(number, rows=ROWS[:size], show=show, cosigners=some).content, b"", policy)
        for size, number in ((1, 0), (2, 1), (7, 3), (11, 10))
        for show in ((), ("amount",))
        for some, policy in (("", ALONE), ("ABC", FOUR_OF_FIVE), ("ABCE", FOUR_OF_FIVE))
    ]
    assert sum(assert_same(verdicts, cases)) == 16


def test_w10_every_altered_byte_of_a_row_proof_fails_for_the_same_reason(verdicts):
    cases = []
    for at in range(len(FIRST_LINE), len(ROW.content.encode())):
        altered = bytearray(ROW.content.encode())
        altered[at] ^= 1 << at % 8
        cases.append((bytes(altered), b"", ALONE))
    assert not any(assert_same(verdicts, cases))


def test_w10_rows_and_entries_that_say_something_else_are_refused_alike(verdicts):
    entries = [
        b"not JSON",
        b"null",
        b"[]",
        canonical({"batch": None}),
        canonical({"batch": []}),
        *(
            entry_over(ROWS).replace(old, new)
            for old, new in (
                (b'"size":11', b'"size":6'),
                (b'"size":11', b'"size":7'),
                (b'"size":11', b'"size":true'),
                (b'"size":11', b'"size":"11"'),
                (b'"size":11', b'"size":-11'),
                (b'"size":11', b'"size":11.0'),
                (b'"size":11', b'"more":1,"size":11'),
                (b'"kind":"payment"', b'"kind":""'),
                (b'"kind":"payment"', b'"kind":7'),
                (b'"root":"', b'"root":"AA'),
            )
        ),
    ]
    cases = [
        dataclasses.replace(ROW, entry=entry, proof=made_entry_proof(entry).content)
        for entry in entries
    ]
    records = [
        b"",
        b'{"c":[],"public":{},"v":1}',
        b'{"c":{"amount":7},"public":{},"v":1}',
        b'{"c":{"amount":"a","payee":"b"}, "public":{}}',
        b'{"v":1,"c":{}}',
        b'["amount"]',
        '{"c":{"amount":"\ud83d\\ud800"}}'.encode("utf-8", "surrogatepass"),
        b'{"c":{"amount":"\\ud800"}}',
        b'{"c":{"amount":9007199254740992}}',
        b'{"c":{"amount":-0}}',
        b'{"c":' * 40 + b"{}" + b"}" * 40,
        b'{"10":1,"9":2,"c":{}}',
        b'{"9":2,"10":1,"c":{}}',
        b'{"__proto__":1,"c":{},"constructor":2}',
    ]
    cases += [dataclasses.replace(ROW, record=record) for record in records]
    cases += [dataclasses.replace(ROW, record=record, shown=()) for record in records]
    held = assert_same(verdicts, [(case.content, b"", ALONE) for case in cases])
    assert not any(held)


def test_w10_malformed_row_proofs_are_refused_alike(verdicts):
    replacements = [
        ("row 6", "row 06"),
        ("row 6", "row 11"),
        ("row 6", f"row {2**63}"),
        ("row 6\n", ""),
        ("record ", "record  "),
        ("record ", "entry "),
        ("value amount ", "value amount  "),
        ("value amount ", "value payee "),
        ("value amount ", "value "),
        ("value amount ", "value a\u0085b "),
        ("value amount ", "value a\u3000b "),
        ("value amount ", "value a\ufeffb "),
        ("value amount ", f"value {'数' * 200} "),
        ("value amount ", f"value {'数' * 201} "),
        ("value amount ", f"value {chr(0x20000) * 200} "),
        ("\n\nentry ", f"\n{write_base64(bytes(32))}\n\nentry "),
        ("\n\nentry ", "\nAAAA\n\nentry "),
        ("\n\nentry ", "\nvalue a b c\n\nentry "),
        ("\n\nentry ", "\nentry "),
        ("entry ", "entries "),
        ("c2sp.org/tlog-proof@v1\n", ""),
        ("c2sp.org/tlog-proof@v1\n", "\n"),
        ("\n", "\r\n"),
    ]
    cases = [(ROW.content.replace(old, new, 1), b"", ALONE) for old, new in replacements]
    cases += [(FIRST_LINE + more, b"", ALONE) for more in ("", "\n", "\n\n", "\nrow 6\n\nentry \n")]
    cases += [(FIRST_LINE.encode() + b"\n\xff\n\n", b"", ALONE)]
    assert not any(assert_same(verdicts, cases))
