"""The verifier in one file, opened from disk in Chromium, against `gongzhi verify`."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.ledger.batches import made_row_proof, row
from core.ledger.policies import FOUR_OF_FIVE, LOG_LINE, NESTED
from core.ledger.proofs import RECORDS, made_proof
from core.ledger.signers import OTHER_LOG
from gongzhi.cli.files import main as run_command
from gongzhi.core.ledger.policy import policy_text
from gongzhi.core.ledger.rejected import Reason
from gongzhi.core.ledger.row_proof import RowProof
from gongzhi.web.one_file import (
    NAME,
    SCRIPT_BYTES_MAX,
    STEPS,
    Step,
    compact,
    verifier,
    verifier_script,
)

pytestmark = pytest.mark.journey

GOOD = made_proof(5, size=9, cosigners="ABCE").content
ROWS = [row(number) for number in range(11)]
ROW = made_row_proof(6, rows=ROWS, show=["amount"], cosigners="ABCE")
BOTH = {"5.record": RECORDS[5], "5.tlog-proof": GOOD.encode()}
OF_ROWS = [at for at, step in enumerate(STEPS) if step.is_of_row]


def replaced(proof: RowProof, **parts: object) -> str:
    """The file of a row proof, altered in these parts."""
    return dataclasses.replace(proof, **parts).content  # type: ignore[arg-type]


class Opened:
    """The page as somebody has it who saved it and has no network."""

    def __init__(self, browser: Browser, folder: Path, *, language: str = "zh-CN") -> None:
        (folder / NAME).write_text(verifier(FOUR_OF_FIVE), encoding="utf-8")
        self.noticed: list[str] = []
        self.context = browser.new_context(locale=language, offline=True)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.noticed.append(request.url))
        self.page.on("pageerror", lambda error: self.noticed.append(str(error)))
        self.page.goto((folder / NAME).as_uri())
        self.page.wait_for_selector("#unable", state="detached")

    def verdict(self, proof: str | bytes, record: bytes, policy: str = FOUR_OF_FIVE) -> str:
        """What the page says: "good", or the reason."""
        files = {"proof": {"5.tlog-proof": as_bytes(proof)}, "record": {"5.record": record}}
        return self.verdict_on(files, policy)

    def verdict_on(self, files: dict[str, dict[str, bytes]], policy: str = FOUR_OF_FIVE) -> str:
        """What it says of the files in its two places, by their names."""
        self.page.fill("#policy", policy)
        for place in ("proof", "record"):
            chosen = [
                {"name": name, "mimeType": "", "buffer": content}
                for name, content in files.get(place, {}).items()
            ]
            self.page.set_input_files(f"#{place}", chosen)
        self.page.evaluate("delete document.documentElement.dataset.verdict")
        self.page.locator("button.primary").click()
        self.page.wait_for_selector("html[data-verdict]")
        return self.page.evaluate("document.documentElement.dataset.verdict")

    def verdict_on_row(self, proof: str, policy: str = FOUR_OF_FIVE) -> str:
        return self.verdict_on({"proof": {"6.row-proof": proof.encode()}}, policy)

    def states(self) -> list[str | None]:
        """How each step stands that the reader sees."""
        steps = self.page.locator("#steps li:visible")
        return [steps.nth(at).get_attribute("class") for at in range(steps.count())]

    def told(self, place: str = "#verdict") -> str:
        return self.page.locator(place).inner_text()

    def close(self) -> None:
        """Whatever it asked of a network, but for itself from the disk, fails the test."""
        self.context.close()
        assert [each for each in self.noticed if not each.endswith(NAME)] == []
        assert len(self.noticed) == 1


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    page = Opened(browser, tmp_path_factory.mktemp("saved"))
    yield page
    page.close()


def test_its_script_is_small_enough_to_be_read():
    assert len(verifier_script().encode()) <= SCRIPT_BYTES_MAX


def test_the_same_log_and_policy_give_the_same_file():
    assert verifier(FOUR_OF_FIVE) == verifier(FOUR_OF_FIVE)
    assert FOUR_OF_FIVE in verifier(FOUR_OF_FIVE)


def test_what_a_script_says_and_matches_stays_when_it_is_made_compact():
    source = (
        "const a = 'two  words // not';  // away\n\n"
        "text.match(\n  /a  (b/,\n);"
        'const b = [1, / [^"]  x/u, "\\"  "] ; /* away\n too */ return `${ a }  b` + + c - -d;'
    )
    assert compact(source) == (
        "const a='two  words // not';\ntext.match(/a  (b/,);"
        'const b=[1,/ [^"]  x/u,"\\"  "];return`${ a }  b`+ +c- -d;'
    )


def test_w10_a_good_proof_is_told_with_its_witnesses_and_its_record(opened: Opened):
    assert opened.verdict(GOOD, RECORDS[5]) == "good"
    said = opened.told()
    assert "第 5 号存证" in said
    assert all(f"{each}.example 在 2026-09-21T14:13:20.000Z 见证过" in said for each in "ABCE")
    assert opened.states() == ["good"] * (len(STEPS) - len(OF_ROWS))
    assert "公开的内容" in opened.told("#says")
    assert '{"number":5}' in opened.told("#says")


def test_it_speaks_english_too(browser: Browser, tmp_path: Path):
    page = Opened(browser, tmp_path, language="en-GB")
    page.verdict(GOOD, RECORDS[5])
    whole = page.told("body")
    assert "The proof holds: this record is entry 5" in whole
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in whole.replace("中文", ""))
    page.page.get_by_role("button", name="中文").click()
    assert "证明成立" in page.told()
    page.page.get_by_role("button", name="English").click()
    page.verdict_on_row(ROW.content)
    assert "The proof holds: this record is row 6 of the 11 rows" in page.told()
    assert "Values shown" in page.told("#says")
    page.verdict_on_row(replaced(ROW, path=ROW.path[::-1]))
    assert page.told().startswith("The proof fails.")
    page.close()


@pytest.mark.parametrize(
    ("proof", "record", "policy", "reason"),
    [
        (GOOD, RECORDS[4], FOUR_OF_FIVE, Reason.TREE),
        (GOOD.replace("index 5", "index 4"), RECORDS[5], FOUR_OF_FIVE, Reason.TREE),
        (GOOD.replace("index 5", "index 9"), RECORDS[5], FOUR_OF_FIVE, Reason.INDEX),
        (GOOD.replace("@v1", "@v2"), RECORDS[5], FOUR_OF_FIVE, Reason.PROOF),
        (GOOD[:-9], RECORDS[5], FOUR_OF_FIVE, Reason.NOTE),
        (GOOD.replace("\n9\n", "\n10\n"), RECORDS[5], FOUR_OF_FIVE, Reason.SIGNATURE),
        (made_proof(5, size=9, cosigners="ABC").content, RECORDS[5], FOUR_OF_FIVE, Reason.QUORUM),
        (made_proof(5, size=9, log=OTHER_LOG).content, RECORDS[5], FOUR_OF_FIVE, Reason.UNSIGNED),
        (made_proof(5, size=9, cosigners="ABC").content, RECORDS[5], NESTED, Reason.QUORUM),
        (GOOD, RECORDS[5], policy_text(OTHER_LOG.verifier), Reason.UNSIGNED),
        (GOOD, RECORDS[5], "log nonsense\nquorum none\n", Reason.POLICY),
        (GOOD, RECORDS[5], LOG_LINE, Reason.QUORUM_LINE),
    ],
)
def test_w10_each_failing_step_is_told_in_words(
    opened: Opened, proof: str, record: bytes, policy: str, reason: Reason
):
    assert opened.verdict(proof, record, policy) == reason
    said = opened.told()
    assert said.startswith("证明不成立。")
    assert len(said.splitlines()) > 1
    assert "{detail}" not in said
    assert opened.states() == failing_at(reason, [step for step in STEPS if not step.is_of_row])
    assert opened.page.locator("#says").is_hidden()


def failing_at(reason: Reason, steps: Sequence[Step]) -> list[str]:
    """How the steps stand where this one fails."""
    failed = next(at for at, step in enumerate(steps) if reason in step.reasons)
    return ["good"] * failed + ["bad"] + [""] * (len(steps) - failed - 1)


def test_w10_a_row_of_a_batch_is_proved_with_one_file(opened: Opened):
    assert opened.verdict_on_row(ROW.content) == "good"
    said = opened.told()
    assert "第 3 号存证所含 11 行（payment）中的第 6 行" in said
    assert all(f"{each}.example 在" in said for each in "ABCE")
    assert opened.states() == ["good"] * len(STEPS)
    record = opened.told("#says")
    assert '{"number":6}' in record
    assert '出示的值\n{"amount":"6.00"}' in record
    assert "某公司6" not in record


def test_w10_a_row_that_somebody_has_is_held_against_its_proof(opened: Opened):
    """Both files at once; the row stands for the one in the proof."""
    both = {"6.row": ROWS[6].record, "6.row-proof": ROW.content.encode()}
    assert opened.verdict_on({"proof": both}) == "good"
    plain = made_row_proof(6, rows=ROWS, cosigners="ABCE").content.encode()
    other = {"record": {"7.row": ROWS[7].record}, "proof": {"6.row-proof": plain}}
    assert opened.verdict_on(other) == Reason.BATCH


@pytest.mark.parametrize(
    ("proof", "policy", "reason"),
    [
        (ROW.content.replace("row 6", "row 7"), FOUR_OF_FIVE, Reason.BATCH),
        (replaced(ROW, record=ROWS[5].record), FOUR_OF_FIVE, Reason.VALUE),
        (replaced(ROW, record=ROWS[5].record, shown=()), FOUR_OF_FIVE, Reason.BATCH),
        (replaced(ROW, path=ROW.path[::-1]), FOUR_OF_FIVE, Reason.BATCH),
        (replaced(ROW, path=ROW.path[:-1]), FOUR_OF_FIVE, Reason.BATCH),
        (replaced(ROW, entry=ROW.entry.replace(b"import_", b"export_")), FOUR_OF_FIVE, Reason.TREE),
        (ROW.content.replace("@v1\nrow", "@v1\nrows"), FOUR_OF_FIVE, Reason.ROW),
        (ROW.content[:-9], FOUR_OF_FIVE, Reason.NOTE),
        (made_row_proof(6, rows=ROWS, cosigners="ABC").content, FOUR_OF_FIVE, Reason.QUORUM),
        (ROW.content, policy_text(OTHER_LOG.verifier), Reason.UNSIGNED),
        (ROW.content, "log nonsense\nquorum none\n", Reason.POLICY),
    ],
)
def test_w10_each_failing_step_of_a_row_is_told_in_words(
    opened: Opened, proof: str, policy: str, reason: Reason
):
    assert opened.verdict_on_row(proof, policy) == reason
    said = opened.told()
    assert said.startswith("证明不成立。")
    assert "{detail}" not in said
    assert opened.states() == failing_at(reason, STEPS)
    assert opened.page.locator("#says").is_hidden()


def test_both_files_may_be_dropped_at_once_in_any_order(opened: Opened):
    for places in ({"proof": BOTH}, {"record": dict(reversed(BOTH.items()))}):
        assert opened.verdict_on(places) == "good"


@pytest.mark.parametrize("given", [{}, {"5.tlog-proof": GOOD.encode()}])
def test_a_forgotten_file_is_asked_for(opened: Opened, given: dict[str, bytes]):
    opened.verdict(GOOD, RECORDS[5])
    for place, files in (("proof", given), ("record", {})):
        chosen = [{"name": n, "mimeType": "", "buffer": each} for n, each in files.items()]
        opened.page.set_input_files(f"#{place}", chosen)
    opened.page.locator("button.primary").click()
    opened.page.wait_for_selector("#verdict :text('请同时选证明文件和记录文件。')")


def test_w10_the_page_and_the_command_give_the_same_verdicts(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """One bit in every line of the proof and of the record, and in each witness's signature."""
    content = GOOD.encode()
    places = [0, *(at + 3 for at, byte in enumerate(content[:-3]) if byte == ord("\n"))]
    altered = [bytearray(content) for _ in places]
    for each, at in zip(altered, places, strict=True):
        each[at] ^= 1
    cases = [(bytes(each), RECORDS[5]) for each in altered] + [(content, RECORDS[5])]
    cases += [(content, RECORDS[5][:at] + b"?" + RECORDS[5][at + 1 :]) for at in (0, 9, -1)]
    verdicts = [opened.verdict(proof, record) for proof, record in cases]

    (tmp_path / "policy").write_text(FOUR_OF_FIVE)
    for (proof, record), verdict in zip(cases, verdicts, strict=True):
        (tmp_path / "5.tlog-proof").write_bytes(proof)
        (tmp_path / "5.record").write_bytes(record)
        command = [str(tmp_path / "5.tlog-proof"), "--policy", str(tmp_path / "policy")]
        run_command(["verify", *command, "--json"])
        said = json.loads(capsys.readouterr().out)
        assert verdict == (said["reason"] or "good"), proof
    assert verdicts.count("good") == 1


def test_a_browser_that_can_not_check_says_so_before_anything_is_chosen(
    browser: Browser, tmp_path: Path
):
    (tmp_path / NAME).write_text(verifier(FOUR_OF_FIVE), encoding="utf-8")
    context = browser.new_context(locale="zh-CN")
    context.add_init_script(
        "SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('NotSupported'))"
    )
    page = context.new_page()
    page.goto((tmp_path / NAME).as_uri())
    assert "不能用这个网页" in page.locator("#unable").inner_text()
    context.close()


def test_without_scripts_it_says_that_it_can_not_be_used(browser: Browser, tmp_path: Path):
    (tmp_path / NAME).write_text(verifier(FOUR_OF_FIVE), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / NAME).as_uri())
    assert page.locator("#unable").is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_on_a_phone(opened: Opened, width: int):
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.verdict(GOOD, RECORDS[5])
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
