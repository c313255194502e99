"""Witnesses cosign what the log signs; without their quorum it goes on and says so."""

import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from apps.trust.administrator import by_force
from apps.trust.entries import leave_many
from apps.trust.watchers import GONE, LETTERS, changed, listening_only, watching
from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.ledger.note import Note, check_note, read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, check_checkpoint, verdict_on
from gongzhi.core.ledger.rejected import Reason, Rejected, RejectedError
from gongzhi.trust import witnesses
from gongzhi.trust.auditing import audit
from gongzhi.trust.cosignatures import take, unanchored_since
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.exporting import export
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.models import Anchor, Cosignature, Quorum, SignedCheckpoint, Witness
from gongzhi.trust.models import WitnessContact as Contact
from gongzhi.trust.proofs import believable_head, head, proof_of
from gongzhi.trust.publishing import BEHIND, REWRITTEN
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.shelves import Folder
from gongzhi.trust.troubles import Trouble, trouble_said
from gongzhi.witness.polling import poll
from gongzhi.witness.store import Store, Watched
from gongzhi.witness.witness import Witness as Program

pytestmark = pytest.mark.django_db
QUICK_S = 5.0


@pytest.fixture
def watchers(tmp_path):
    with watching(tmp_path / "witnesses") as made:
        yield made


@pytest.fixture
def asking():
    made = Cosigning()
    yield made
    made.end()


def grow(count=1):
    leave_many(count)
    sequence()


def policy():
    return read_policy(head().policy)


def cosigned_by():
    return "".join(sorted(each.name[0] for each in head().cosigners))


def trouble(letter):
    return Trouble(Contact.objects.get(witness__name=f"{letter}.example").trouble)


def verdict(index, *, under=None):
    proof = proof_of(index)
    believed = under or policy()
    return verdict_on(proof.text.encode(), record=proof.record, policy=believed)


# ── the quorum ──


def test_a_log_without_witnesses_believes_itself_and_is_never_late(asking):
    grow()
    assert not asking.round()
    assert isinstance(verdict(0), Proven)
    assert (head().threshold, head().cosigners, head().unanchored_since) == (0, (), None)


def test_all_witnesses_cosign_and_the_proof_carries_them(watchers, asking):
    watchers.admit()
    grow(3)
    assert verdict(1) == Rejected(Reason.QUORUM)
    assert asking.round(wait_s=QUICK_S)
    assert cosigned_by() == LETTERS
    proven = verdict(1)
    named = {each.key.name for each in proven.attestations if each.at is not None}
    assert named == {f"{letter}.example" for letter in LETTERS}
    assert head().unanchored_since is None
    assert not asking.round(), "nobody is asked twice"


def test_growth_is_proved_to_each_from_what_it_saw_last(watchers, asking):
    watchers.admit()
    for count in (1, 1, 255, 400, 3):
        grow(count)
        asking.round(wait_s=QUICK_S)
        assert cosigned_by() == LETTERS
    assert {contact.size for contact in Contact.objects.all()} == {660}


def test_r20_one_witness_away_and_the_log_goes_on(watchers, asking):
    watchers.admit()
    watchers.lose("c")
    for _ in range(3):
        grow()
        asking.round(wait_s=QUICK_S)
    assert cosigned_by() == "abde"
    assert isinstance(verdict(2), Proven)
    assert unanchored_since() is None
    assert trouble("c") is Trouble.SILENT
    assert list(witnesses.troubles()) == ["c.example"]


def test_r20_a_lost_quorum_is_told_loses_nothing_and_heals_by_itself(watchers, asking, settings):
    settings.LOG_QUORUM_LATE_S = 0
    watchers.admit()
    grow()
    asking.round(wait_s=QUICK_S)
    anchored = head().checkpoint
    watchers.lose("ab")
    grow()
    first = head().signed_at
    asking.round(wait_s=QUICK_S)
    grow()
    asking.round(wait_s=QUICK_S)

    assert (head().unanchored_since, head().is_late) == (first, True)
    assert believable_head().checkpoint == anchored
    assert isinstance(verdict(0), Proven), "what was anchored stays proved"
    assert verdict(2) == Rejected(Reason.QUORUM), "and the rest is not called so"

    watchers.find("ab")
    again = Cosigning()  # as a restarted worker, which has no patience to keep
    again.round(wait_s=QUICK_S)
    again.end()
    assert (head().unanchored_since, head().is_late) == (None, False)
    assert isinstance(verdict(2), Proven)
    assert cosigned_by() == LETTERS


def test_a_missing_quorum_is_not_late_at_once(watchers):
    watchers.admit()
    grow()
    assert head().unanchored_since is not None
    assert not head().is_late


def test_one_that_hangs_holds_up_nobody(watchers, asking, settings):
    settings.LOG_WITNESS_WAIT_S = 1.0
    watchers.admit()
    with listening_only() as mute:
        changed(witnesses.move, "a.example", address=mute)
        for _ in range(2):
            grow()
            asking.round(wait_s=0.4)
            assert cosigned_by() == "bcde"
            assert unanchored_since() is None
        asking.round(wait_s=QUICK_S)
    assert trouble("a") is Trouble.SILENT


def test_one_that_failed_is_left_alone_for_a_while(watchers, asking):
    watchers.admit()
    watchers.lose("a")
    grow()
    asking.round(wait_s=QUICK_S)
    assert not asking.round(wait_s=QUICK_S)


# ── what each knows ──


def test_a_restarted_log_asks_from_what_is_kept(watchers, asking):
    watchers.admit()
    grow(2)
    asking.round(wait_s=QUICK_S)
    grow(3)
    restarted = Cosigning()
    restarted.round(wait_s=QUICK_S)
    restarted.end()
    assert cosigned_by() == LETTERS


def test_a_witness_that_knows_otherwise_is_believed(watchers, asking):
    """Its answer was lost on the way: it has cosigned more than the log remembers."""
    watchers.admit()
    grow(2)
    asking.round(wait_s=QUICK_S)
    Contact.objects.all().delete()
    grow(3)
    asking.round(wait_s=QUICK_S)
    assert cosigned_by() == LETTERS


def test_what_was_cosigned_and_lost_on_the_way_is_asked_again(watchers, asking):
    watchers.admit()
    grow(2)
    asking.round(wait_s=QUICK_S)
    by_force("DELETE FROM trust_anchor; DELETE FROM trust_cosignature")
    assert unanchored_since() is not None
    asking.round(wait_s=QUICK_S)
    assert cosigned_by() == LETTERS


def restored(size):
    """An old backup of the database, and of the file beside the key."""
    by_force("DELETE FROM trust_anchor; DELETE FROM trust_cosignature")
    by_force("DELETE FROM trust_signedcheckpoint WHERE size > %s", size)
    by_force("DELETE FROM trust_logrow WHERE index >= %s", size)
    by_force("UPDATE trust_tile SET hashes = substring(hashes FROM 1 FOR %s)", 32 * size)
    root = read_checkpoint(read_note(SignedCheckpoint.objects.last().note).text).root
    by_force("UPDATE trust_head SET size = %s, root = %s", size, root)


def test_r02_witnesses_know_an_old_backup_even_where_the_file_beside_the_key_is_old_too(
    watchers, asking, settings
):
    watchers.admit()
    grow(2)
    beside = settings.LOG_KEY_FILE.with_name("log.published")
    old = beside.read_text()
    asking.round(wait_s=QUICK_S)
    grow(3)
    asking.round(wait_s=QUICK_S)
    restored(2)
    beside.write_text(old)
    Contact.objects.all().delete()

    asking.round(wait_s=QUICK_S)
    assert trouble("a") is Trouble.AHEAD
    leave_many(9)
    with pytest.raises(LogRefused) as refused:
        sequence()
    assert refused.value.said.text == BEHIND
    assert SignedCheckpoint.objects.last().size == 2


def test_s66_a_rewritten_history_gets_no_quorum_and_stands_still(watchers, asking, settings):
    watchers.admit()
    grow(2)
    asking.round(wait_s=QUICK_S)
    settings.LOG_KEY_FILE.with_name("log.published").unlink()
    by_force("DELETE FROM trust_anchor; DELETE FROM trust_cosignature")
    by_force("DELETE FROM trust_signedcheckpoint; DELETE FROM trust_logrow")
    by_force("DELETE FROM trust_tile; DELETE FROM trust_head")
    leave_many(5, first=70)
    sequence()
    asking.round(wait_s=QUICK_S)

    assert cosigned_by() == ""
    assert trouble("a") is Trouble.DISPUTES
    assert all(list(watchers.store(x).evidence(head().checkpoint.origin)) for x in LETTERS)
    leave_many(1)
    with pytest.raises(LogRefused) as refused:
        sequence()
    assert refused.value.said.text == REWRITTEN


# ── hostile witnesses ──


class Liar(BaseHTTPRequestHandler):
    """A witness that says whatever the test wants."""

    says = (200, b"", {})
    posts = 0

    def do_POST(self):
        Liar.posts += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body, heads = Liar.says
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(Liar.says[1])

    def log_message(self, *_):
        pass


@pytest.fixture
def liar():
    program = HTTPServer(("127.0.0.1", 0), Liar)
    Liar.posts = 0
    thread = threading.Thread(target=program.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{program.server_port}"
    program.shutdown()
    program.server_close()
    thread.join()


OTHER = Signer("a.example", KeyKind.COSIGNATURE, bytes(32))
FOREIGN = Note(Checkpoint(origin="x", size=9, root=bytes(32)).text).signed(OTHER, at=1).content


SAYINGS = [
    ((200, b"", {}), Trouble.NOT_ITSELF),
    ((200, b"yes\n", {}), Trouble.NOT_ITSELF),
    ((200, FOREIGN.partition("\n\n")[2].encode(), {}), Trouble.NOT_ITSELF),
    ((200, b"\xff" * 100, {}), Trouble.SILENT),
    ((200, b"x" * 70_000, {}), Trouble.SILENT),
    ((403, b"no", {}), Trouble.REFUSES),
    ((404, b"who?", {}), Trouble.REFUSES),
    ((409, b"1\n", {}), Trouble.REFUSES),
    ((409, b"9223372036854775807\n", {}), Trouble.REFUSES),
    ((409, b"many\n", {}), Trouble.REFUSES),
    ((409, FOREIGN.encode(), {}), Trouble.REFUSES),
    ((422, FOREIGN.encode(), {}), Trouble.DISPUTES),
    ((500, b"", {}), Trouble.SILENT),
    ((302, b"", {"Location": "http://127.0.0.1:9/"}), Trouble.REFUSES),
]


def test_no_witness_can_stop_the_log_by_what_it_says(watchers, liar):
    watchers.admit("abc", threshold=2)
    changed(witnesses.move, "a.example", address=liar)
    for says, why in SAYINGS:
        Liar.says, Liar.posts = says, 0
        fresh = Cosigning()  # which has lost no patience yet
        grow(2)
        fresh.round(wait_s=QUICK_S)
        fresh.end()
        assert cosigned_by() == "bc", says
        assert unanchored_since() is None, says
        assert trouble("a") is why, says
        assert Liar.posts <= 2, says
        assert trouble_said(trouble("a")).text


def test_a_witness_can_not_sign_in_another_ones_name(watchers, asking, liar):
    watchers.admit("ab", threshold=2)
    grow()
    text = read_note(head().note).text
    signer = watchers.store("b").signer()
    Liar.says = (200, Note(text).signed(signer, at=5).content.removeprefix(text)[1:].encode(), {})
    changed(witnesses.move, "a.example", address=liar)
    watchers.lose("b")
    asking.round(wait_s=QUICK_S)
    assert cosigned_by() == ""
    assert trouble("a") is Trouble.NOT_ITSELF


# ── what witnesses push ──


def pushed(watchers, letter, *, at=1_790_000_000):
    note = read_note(SignedCheckpoint.objects.last().note)
    return note.signed(watchers.store(letter).signer(), at=at).content


def test_witnesses_that_fetch_for_themselves_make_a_quorum(watchers, tmp_path, asking):
    for letter in LETTERS:
        changed(witnesses.admit, watchers.candidate(letter, address=""))
    changed(witnesses.ask_for, 4)
    published = tmp_path / "published"
    published.mkdir()
    origin = installation_signer().name
    for count in (3, 300):
        grow(count)
        assert not asking.round()
        export(Folder(published))
        for letter in LETTERS:
            program = Program(Store(watchers.folder / letter))
            poll(program, origin=origin, address=str(published))
            assert take(program.last_note(origin)).new == 1
        assert unanchored_since() is None
        export(Folder(published))
        checked, _ = check_checkpoint((published / "checkpoint").read_text(), policy=policy())
        assert checked == head().checkpoint


def test_the_folder_keeps_a_believable_checkpoint_beside_what_waits(watchers, asking, tmp_path):
    shelf = tmp_path / "published"
    shelf.mkdir()
    watchers.admit()
    grow(3)
    asking.round(wait_s=QUICK_S)
    watchers.lose(LETTERS)
    grow(3)
    export(Folder(shelf))
    believed = read_policy((shelf / "policy").read_text())
    checkpoint, _ = check_checkpoint((shelf / "checkpoint").read_text(), policy=believed)
    assert checkpoint.size == 3
    assert read_checkpoint(read_note((shelf / "pending").read_text()).text).size == 6
    assert {path.name for path in shelf.glob("tile/0/000.p/*")} == {"3", "6"}


def test_a_cosignature_is_taken_once(watchers):
    watchers.admit()
    grow()
    assert [take(pushed(watchers, "a")).new for _ in range(2)] == [1, 0]
    assert take(pushed(watchers, "a", at=1)).new == 0
    assert cosigned_by() == "a"


def test_only_notes_that_this_log_signed_are_cosigned(watchers):
    watchers.admit()
    grow()
    other = Checkpoint(origin=installation_signer().name, size=1, root=bytes(32))
    forged = Note(other.text).signed(watchers.store("a").signer(), at=1)
    assert take(forged.content) is None
    assert Cosignature.objects.count() == 0


def test_a_stranger_counts_for_nothing(watchers):
    watchers.admit("abcd")
    grow()
    assert take(pushed(watchers, "e")).known == 0


@pytest.mark.parametrize(
    "content", ["", "no note", "x\n\n\u2014 a AAAA\n", "a\n1\nAAAA\n\n— a b\n"]
)
def test_what_is_no_note_is_rejected(watchers, content):
    with pytest.raises(RejectedError):
        take(content)


def test_a_bad_signature_of_a_known_witness_is_rejected(watchers):
    watchers.admit()
    grow()
    good = pushed(watchers, "a")
    line = good.splitlines()[-1]
    spoiled = good.replace(
        line, line[:-6] + ("AAAA" if line[-6:-2] != "AAAA" else "BBBB") + line[-2:]
    )
    with pytest.raises(RejectedError):
        take(spoiled)


def test_the_clock_of_a_witness_is_its_own(watchers):
    watchers.admit()
    grow()
    for number, letter in enumerate("abcd"):
        take(pushed(watchers, letter, at=(0, 2**63 - 1, 5, 1)[number]))
    assert [each.stated_at_s for each in head().cosigners] == [0, 2**63 - 1, 5, 1]
    assert unanchored_since() is None


def test_a_log_whose_clock_jumps_goes_on_in_order(watchers, asking, monkeypatch):
    watchers.admit()
    real = timezone.now
    for days in (0, -400, 300):
        monkeypatch.setattr(timezone, "now", lambda days=days: real() + timedelta(days=days))
        grow()
        asking.round(wait_s=QUICK_S)
        assert cosigned_by() == LETTERS
        assert unanchored_since() is None
        assert all(each.delay_s >= 0 for each in head().cosigners)
    assert head().checkpoint.size == 3


def test_while_nothing_new_comes_the_newest_checkpoint_is_cosigned_again(
    watchers, asking, monkeypatch, tmp_path
):
    watchers.admit()
    grow(3)
    asking.round(wait_s=QUICK_S)
    old = {each.name: each.stated_at_s for each in head().cosigners}
    assert not asking.round(), "not at once"
    real, later = timezone.now, timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: real() + later)
    for letter in LETTERS:
        watchers.server.application.witnesses[letter]._clock = lambda: time.time() + 7200
    watchers.lose("e")

    assert asking.round(wait_s=QUICK_S)
    fresh = {each.name: each.stated_at_s for each in head().cosigners}
    assert all(fresh[name] >= old[name] + 7200 for name in fresh if name != "e.example")
    assert fresh["e.example"] == old["e.example"]
    assert trouble("e") is Trouble.SILENT, "one that went away meanwhile is found out"
    assert all(each.delay_s < 60 for each in head().cosigners), "they were not late"
    assert len(read_note(head().note).signatures) == 6
    assert unanchored_since() is None
    assert isinstance(verdict(0), Proven)
    assert list(audit()) == []
    assert not asking.round(), "and not again at once"


def test_a_witness_whose_clock_stands_still_is_not_asked_without_end(
    watchers, asking, settings, monkeypatch
):
    settings.LOG_COSIGN_AGAIN_S = 0
    watchers.admit("a", threshold=1)
    watchers.server.application.witnesses["a"]._clock = lambda: 1_790_000_000
    grow()
    asking.round(wait_s=QUICK_S)
    asking.round(wait_s=QUICK_S)
    assert not asking.round(wait_s=QUICK_S), "it is left alone for a while"
    assert Cosignature.objects.count() == 1


def test_what_several_cosignatures_of_one_witness_count_is_one(watchers, settings):
    settings.LOG_COSIGN_AGAIN_S = 0
    watchers.admit("abc", threshold=2)
    grow()
    assert [take(pushed(watchers, "a", at=at)).new for at in (1, 2, 3)] == [1, 1, 1]
    assert unanchored_since() is not None
    grow()
    old = read_note(SignedCheckpoint.objects.first().note)
    again = old.signed(watchers.store("a").signer(), at=9).content
    assert take(again).new == 0, "an older checkpoint is not cosigned again"


# ── the policy changes, and each one is kept ──


def test_old_proofs_stay_good_under_the_policy_that_was_pinned(watchers, asking):
    watchers.admit("abcd", threshold=3)
    grow()
    asking.round(wait_s=QUICK_S)
    pinned, old = policy(), proof_of(0)
    changed(witnesses.retire, "a.example")
    changed(witnesses.admit, watchers.candidate("e"))
    grow()
    asking.round(wait_s=QUICK_S)

    assert isinstance(verdict_on(old.text.encode(), record=old.record, policy=pinned), Proven)
    assert cosigned_by() == "bcde"
    assert isinstance(verdict(1), Proven)
    assert isinstance(verdict(1, under=pinned), Proven), "three of the four that were pinned"
    assert [text for _, text in witnesses.policies()][-1] == head().policy
    assert len(list(witnesses.policies())) == Quorum.objects.count() == 7


def test_what_was_anchored_stays_so_where_a_new_policy_is_content_with_it(watchers, asking):
    watchers.admit()
    grow()
    asking.round(wait_s=QUICK_S)
    changed(witnesses.retire, "a.example")
    assert unanchored_since() is None
    assert isinstance(verdict(0), Proven)


def test_more_is_asked_for_than_was_cosigned(watchers, asking):
    watchers.admit(threshold=4)
    watchers.lose("e")
    grow()
    asking.round(wait_s=QUICK_S)
    before = timezone.now()
    changed(witnesses.ask_for, 5)
    assert unanchored_since() >= before
    assert verdict(0) == Rejected(Reason.QUORUM)


def test_a_retired_witness_counts_no_more(watchers, asking):
    watchers.admit("abc", threshold=2)
    changed(witnesses.retire, "a.example")
    grow()
    asking.round(wait_s=QUICK_S)
    assert cosigned_by() == "bc"
    assert take(pushed(watchers, "a")).known == 0


@pytest.mark.parametrize(
    ("witnesses_count", "threshold", "is_good"),
    [
        *((0, 0, True), (5, 0, True), (5, 3, True), (5, 4, True), (5, 5, True), (1, 1, True)),
        *((5, 2, False), (5, 6, False), (0, 1, False), (4, 2, False), (2, 1, False)),
    ],
)
def test_quorums_overlap_and_can_be_reached(witnesses_count, threshold, is_good):
    fault = witnesses.faults_of_quorum(witnesses=witnesses_count, threshold=threshold)
    assert (fault is None) == is_good


def test_a_key_is_admitted_once_and_under_one_name(watchers):
    watchers.admit("ab", threshold=0)
    changed(witnesses.retire, "b.example")
    for letter in "ab":
        assert witnesses.faults_of_key(watchers.key(letter).text)
    secret = watchers.store("a").signer().secret
    assert witnesses.faults_of_key(Signer("z", KeyKind.COSIGNATURE, secret).verifier.text)
    assert witnesses.faults_of_key(watchers.key("c").text) is None


@pytest.mark.parametrize("name", ["none", "parties", "x" * 101])
def test_some_names_are_not_for_witnesses(name):
    assert witnesses.faults_of_key(Signer(name, KeyKind.COSIGNATURE, bytes(32)).verifier.text)


def test_a_log_is_no_witness():
    assert witnesses.faults_of_key(installation_signer().verifier.text)
    assert witnesses.faults_of_key("nonsense")


@pytest.mark.parametrize("address", ["", "https://w.example", "http://10.0.0.7:8100/audit"])
def test_good_addresses(address):
    assert witnesses.faults_of_address(address) is None


@pytest.mark.parametrize(
    "address",
    [
        *(
            "w.example",
            "ftp://w",
            "file:///etc/passwd",
            "https://",
            "https://w/?a=b",
            "https://w x",
        ),
        *("http://w:99999", "https://w\n", "http://[", "https://w/" + "x" * 500),
    ],
)
def test_bad_addresses(address):
    assert witnesses.faults_of_address(address)


REFUSED = [
    "UPDATE trust_witness SET key = 'x'",
    "UPDATE trust_witness SET name = 'x' WHERE name = 'a.example'",
    "UPDATE trust_witness SET retired_at = NULL WHERE name = 'b.example'",
    "UPDATE trust_witness SET address = 'x' WHERE name = 'b.example'",
    "DELETE FROM trust_witness",
    "UPDATE trust_quorum SET threshold = 0",
    "DELETE FROM trust_quorum",
    "UPDATE trust_cosignature SET line = 'x'",
    "DELETE FROM trust_cosignature",
    "UPDATE trust_anchor SET anchored_at = now()",
    "DELETE FROM trust_anchor",
]


def test_s65_no_row_about_witnesses_is_changed_or_removed(watchers, asking):
    watchers.admit("abc", threshold=2)
    grow()
    asking.round(wait_s=QUICK_S)
    changed(witnesses.retire, "b.example")
    models = (Witness, Quorum, Cosignature, Anchor)
    before = [list(model.objects.values()) for model in models]
    for statement in REFUSED:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert [list(model.objects.values()) for model in models] == before


def test_a_foreign_log_may_be_cosigned_by_the_same_witness(watchers):
    other = Signer("log.example/other", KeyKind.ED25519, bytes(32))
    store = watchers.store("a")
    store.watch(Watched(key=other.verifier))
    assert {log.key.name for log in store.logs()} == {installation_signer().name, other.name}


def test_the_note_with_its_quorum_is_what_is_published(watchers, asking):
    watchers.admit()
    grow()
    asking.round(wait_s=QUICK_S)
    note = read_note(believable_head().note)
    keys = [watchers.key(letter) for letter in LETTERS]
    assert len(check_note(note, keys=keys)) == len(LETTERS)
    assert GONE not in head().policy


# ── the address where they push ──


@pytest.fixture
def post(client):
    def posted(content):
        answer = client.post(reverse("cosignatures"), content, content_type="text/plain")
        return answer.status_code, answer.content.decode()

    return posted


def test_a_pushed_quorum_over_http(watchers, post):
    watchers.admit()
    grow()
    assert [post(pushed(watchers, letter)) for letter in "abcd"] == [(200, "1\n")] * 4
    assert post(pushed(watchers, "a")) == (200, "0\n")
    assert unanchored_since() is None


def test_what_is_not_taken_says_why(watchers, post):
    watchers.admit("abcd")
    grow()
    unknown = Note(Checkpoint(origin="x", size=1, root=bytes(32)).text).signed(OTHER, at=1)
    assert post(pushed(watchers, "e"))[0] == 403
    assert post(unknown.content)[0] == 404
    assert post("no note")[0] == 400
    assert post(b"\xff")[0] == 400
    assert post("x" * 70_000)[0] == 413
    assert Cosignature.objects.count() == 0


def test_nobody_pushes_without_end(watchers, post, monkeypatch):
    monkeypatch.setattr("gongzhi.web.pages.cosignatures.TIMES_A_MINUTE", 2)
    assert [post("no note")[0] for _ in range(3)] == [400, 400, 429]


def test_a_browser_has_nothing_to_see_there(client):
    assert client.get(reverse("cosignatures")).status_code == 405


def test_the_published_policy_names_witnesses_and_quorum(watchers, asking, client):
    watchers.admit()
    grow()
    asking.round(wait_s=QUICK_S)
    believed = read_policy(client.get(reverse("policy")).content.decode())
    assert len(believed.witnesses) == 5
    content = client.get(reverse("checkpoint")).content.decode()
    assert check_checkpoint(content, policy=believed)[0].size == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_the_log_names_who_cosigned_and_what_is_missing(
    watchers, asking, client, settings, language
):
    client.cookies.load({"django_language": language})
    grow()
    nobody = client.get(reverse("ledger")).content.decode()
    assert {"zh-hans": "还没有见证方", "en": "no witness yet"}[language] in nobody
    watchers.admit()
    grow()
    asking.round(wait_s=QUICK_S)
    assert client.get(reverse("ledger")).content.decode().count('<li class="witness">') == 5
    settings.LOG_QUORUM_LATE_S = 0
    watchers.lose(LETTERS)
    grow()
    lacking = client.get(reverse("ledger")).content.decode()
    assert {"zh-hans": "没有凑够 4 个", "en": "lack the cosignatures of 4"}[language] in lacking
