"""Signed notes: the published vector, strictness, and an independent signer and verifier."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from core.ledger.signers import LOG, OTHER_LOG, WITNESSES, signer
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.keys import KeyKind, VerifierKey, read_signer, read_verifier_key
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.note import Note, check_note, read_note
from gongzhi.core.ledger.rejected import Reason, RejectedError

KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
TEXT = "This is an example message.\n"
LINE = (
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOB"
    "H3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
PUBLISHED = TEXT + "\n" + LINE
CHECKPOINT = Checkpoint(origin=LOG.name, size=7, root=leaf_hash(b"any"))


def reason_of(call, *args, **named):
    with pytest.raises(RejectedError) as caught:
        call(*args, **named)
    return caught.value.rejected.reason


def test_the_published_note_verifies():
    key = read_verifier_key(KEY)
    [attestation] = check_note(read_note(PUBLISHED), keys=[key])
    assert (attestation.key.name, attestation.at) == ("example.com/foo", None)


def test_the_published_witness_key_is_derived_from_its_seed():
    witness = signer(
        "skylight test witness key", name="witness.example.org", kind=KeyKind.COSIGNATURE
    )
    assert witness.verifier.text == (
        "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN"
    )


def test_keys_are_read_back_from_their_text():
    for signing in (LOG, *WITNESSES.values()):
        assert read_verifier_key(signing.verifier.text) == signing.verifier
        assert read_signer(signing.text) == signing


def test_a_private_key_does_not_show_itself():
    assert LOG.secret.hex() not in repr(LOG)
    assert str(LOG.secret) not in repr(LOG)
    spoiled = LOG.text.replace(LOG.text[-6:], "AAAAA=")
    with pytest.raises(RejectedError) as caught:
        read_signer(spoiled)
    assert spoiled[-20:] not in str(caught.value)


def test_an_independent_program_checks_our_signatures():
    note = Note(CHECKPOINT.text).signed(LOG).signed(WITNESSES["A"], at=1_790_000_000)
    theirs = TheirCheckpoint.from_text(note.content)
    theirs.verify(Vkey.from_string(LOG.verifier.text))
    theirs.verify(Vkey.from_string(WITNESSES["A"].verifier.text))


def test_we_check_the_signatures_of_an_independent_program():
    their_signer = PlainEd25519Signer(LOG.name, LOG.secret)
    theirs = TheirCheckpoint.make_signed(
        CHECKPOINT.origin, CHECKPOINT.size, CHECKPOINT.root, [their_signer]
    )
    note = read_note(theirs.serialize())
    assert note == Note(CHECKPOINT.text).signed(LOG)
    assert [signed.key for signed in check_note(note, keys=[LOG.verifier])] == [LOG.verifier]


def test_a_cosignature_says_when():
    note = Note(CHECKPOINT.text).signed(WITNESSES["B"], at=1_679_315_147)
    [attestation] = check_note(read_note(note.content), keys=[WITNESSES["B"].verifier])
    assert attestation.at == 1_679_315_147
    assert len(note.signatures[0].signature) == 72


def test_a_cosignature_can_not_be_moved_in_time():
    signature = WITNESSES["B"].signature_of(CHECKPOINT.text, at=1000)
    moved = (1001).to_bytes(8, "big") + signature[8:]
    with pytest.raises(RejectedError):
        WITNESSES["B"].verifier.moment_of(moved, text=CHECKPOINT.text)


def test_a_cosignature_after_the_end_of_time_is_refused():
    signature = b"\xff" * 8 + bytes(64)
    with pytest.raises(RejectedError):
        WITNESSES["B"].verifier.moment_of(signature, text=CHECKPOINT.text)


def test_a_plain_signature_does_not_pass_for_a_cosignature():
    plain = LOG.signature_of(CHECKPOINT.text)
    key = VerifierKey("a", KeyKind.COSIGNATURE, LOG.verifier.public)
    with pytest.raises(RejectedError):
        key.moment_of(plain, text=CHECKPOINT.text)


def test_unknown_keys_are_ignored():
    note = Note(CHECKPOINT.text).signed(OTHER_LOG).signed(LOG)
    assert [signed.key for signed in check_note(note, keys=[LOG.verifier])] == [LOG.verifier]
    assert check_note(note, keys=[]) == ()


def test_a_key_sharing_only_its_name_is_unknown():
    namesake = signer("somebody else", name=LOG.name)
    note = Note(CHECKPOINT.text).signed(namesake)
    assert check_note(note, keys=[LOG.verifier]) == ()


def test_one_bad_signature_of_a_known_key_rejects_the_whole_note():
    good = Note(CHECKPOINT.text).signed(LOG)
    bad = Note(CHECKPOINT.text + "more\n").signed(OTHER_LOG).signatures
    note = Note(good.text, (*good.signatures, *bad))
    keys = [LOG.verifier, OTHER_LOG.verifier]
    assert reason_of(check_note, note, keys=keys) is Reason.SIGNATURE


def test_a_key_that_signed_twice_counts_once_with_its_first_word():
    note = Note(CHECKPOINT.text).signed(WITNESSES["A"], at=1).signed(WITNESSES["A"], at=2)
    [attestation] = check_note(note, keys=[WITNESSES["A"].verifier])
    assert attestation.at == 1


def test_a_note_may_hold_empty_lines():
    note = Note("one\n\ntwo\n").signed(LOG)
    assert read_note(note.content) == note


def test_64_signatures_are_read_and_65_are_too_many():
    note = Note(TEXT, Note(TEXT).signed(LOG).signatures * 64)
    assert read_note(note.content) == note
    crowded = Note(TEXT, Note(TEXT).signed(LOG).signatures * 65)
    assert reason_of(read_note, crowded.content) is Reason.NOTE


@pytest.mark.parametrize(
    "content",
    [
        "",
        TEXT,
        TEXT + "\n",
        PUBLISHED + "\n",
        PUBLISHED[:-1],
        PUBLISHED.replace("\n", "\r\n"),
        PUBLISHED.replace("example message", "example\tmessage"),
        PUBLISHED.replace("\u2014", "-"),
        PUBLISHED.replace("\u2014 ", "\u2014"),
        PUBLISHED.replace("\u2014 ", "\u2014  "),
        PUBLISHED.replace("com/foo", "com/+foo"),
        PUBLISHED.replace("com/foo", "com/\u3000foo"),
        PUBLISHED.replace("aQM=\n", "aQM\n"),
        PUBLISHED.replace("aQM=\n", "aQN=\n"),
        PUBLISHED.replace("aQM=\n", "aQM= \n"),
        PUBLISHED.replace("aQM=\n", "aQM= more\n"),
        TEXT + "\n\u2014 example.com/foo Uw2QOg==\n",
        TEXT + "\n\u2014 example.com/foo \n",
    ],
)
def test_a_note_written_in_any_other_way_is_refused(content):
    assert reason_of(read_note, content) is Reason.NOTE


def with_bytes(content: bytes) -> str:
    return f"a+00000000+{b64encode(content).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+",
        "a+00000000+",
        KEY.replace("530d903a", "530D903A"),
        KEY.replace("530d903a", "530d903b"),
        KEY + "=",
        KEY[:-1],
        KEY.replace("com/foo", "com/ foo"),
        with_bytes(b"\x01" + bytes(31)),
        with_bytes(b"\x01" + bytes(33)),
        with_bytes(b"\x06" + bytes(1312)),
        with_bytes(b"\xff" + bytes(32)),
    ],
)
def test_a_key_written_in_any_other_way_is_refused(text):
    assert reason_of(read_verifier_key, text) is Reason.KEY
    assert reason_of(read_signer, "PRIVATE+KEY+" + text) is Reason.KEY
    assert reason_of(read_signer, text) is Reason.KEY


@given(st.text())
def test_no_text_makes_the_readers_crash(text):
    for read in (read_note, read_verifier_key, read_signer):
        with pytest.raises(RejectedError):
            read(text)
