"""The box of a vote: ballots are sealed with a public key, and the private one is nobody's alone.

The private key is split when the vote opens; each share is locked to a keeper's phrase, which was
shown to them once and is kept nowhere. No machine, no copy of the database and no single keeper
opens a ballot. A voter is known here by a digest under a key of the vote, destroyed with the box.
"""

import base64
import hmac
import json
import os
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gongzhi.core.participating.voting import (
    Choice,
    choice_from_record,
    keys_needed,
    rejoined,
    split,
    tidy_receipt,
)
from gongzhi.core.sealed import canonical
from gongzhi.forum.models import Ballot, BallotBox, BallotPaper, BoxKeeper, RollEntry, Vote
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.subject_keys import SubjectKey, keys_for

KEY_BYTES, NONCE_BYTES, PHRASE_BYTES, GROUP = 32, 12, 15, 4
SEALING, KEEPING = b"gongzhi/ballot-seal@v1", b"gongzhi/box-keeper@v1"
ROOM, ROOM_A_PROJECT = 64, 12  # bytes of a sealed ballot: the same for all of a vote


class CannotOpen(Exception):
    """The key isn't the one that this was sealed for, or the seal was tampered with."""


def new_phrase() -> str:
    """A phrase that nobody guesses."""
    return phrase_of(os.urandom(PHRASE_BYTES))


def phrase_of(chance: bytes) -> str:
    """A phrase of so much chance, in groups that can be written down."""
    text = base64.b32encode(chance).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def key_of_phrase(phrase: str, *, vote: Vote) -> X25519PrivateKey:
    """A keeper's private key, made of their phrase for this vote alone."""
    derived = HKDF(SHA256(), length=KEY_BYTES, salt=vote.pk.bytes, info=KEEPING)
    return X25519PrivateKey.from_private_bytes(derived.derive(tidy_receipt(phrase).encode()))


def make_box(vote: Vote) -> BallotBox:
    """Make the box's key, give each keeper a share, and forget the private half."""
    keepers = list(vote.keepers.order_by("place"))
    private, needed = X25519PrivateKey.generate(), keys_needed(len(keepers))
    shares = split(
        private.private_bytes_raw(),
        chance=os.urandom(KEY_BYTES * (needed - 1)),
        keepers=len(keepers),
        needed=needed,
    )
    for keeper, share in zip(keepers, shares.values(), strict=True):
        keeper.share = _sealed(bytes(keeper.public_key), share, bound_to=_bond(keeper))
        keeper.save(update_fields=["share"])
    public = private.public_key().public_bytes_raw()
    return BallotBox.objects.create(vote=vote, public_key=public, needed=needed)


def release(keeper: BoxKeeper, phrase: str) -> None:
    """Take a keeper's share out with their phrase, until the box is opened; raises CannotOpen."""
    private = key_of_phrase(phrase, vote=keeper.vote)
    share = _opened(private, bytes(keeper.share or b""), bound_to=_bond(keeper))
    keeper.released = lock(share.hex(), bound_to=_bond(keeper))


def private_key(vote: Vote) -> X25519PrivateKey | None:
    """The key that opens the ballots, if enough keepers gave theirs."""
    given = [keeper for keeper in vote.keepers.all() if keeper.released]
    if len(given) < vote.box.needed:
        return None
    shares = {
        keeper.place: bytes.fromhex(unlock(keeper.released or b"", bound_to=_bond(keeper)))
        for keeper in given
    }
    found = X25519PrivateKey.from_private_bytes(rejoined(shares))
    assert found.public_key().public_bytes_raw() == bytes(vote.box.public_key), "its own shares"
    return found


def voter_key(vote: Vote) -> bytes:
    """The key under which voters of this vote are known while it is open."""
    subject = _subject(vote)
    return keys_for([subject])[subject]


def voter_of(entry: RollEntry, *, key: bytes) -> str:
    """The digest under which the box knows somebody on the roll."""
    return hmac.new(key, f"voter {entry.pk}".encode(), sha256).hexdigest()


def known_voter(vote: Vote, entries: Sequence[RollEntry]) -> str:
    """As whom the box knows a voter: as before, if they come under another name of theirs now."""
    key = voter_key(vote)
    voters = [voter_of(each, key=key) for each in entries]
    if len(voters) == 1:
        return voters[0]
    before = Ballot.objects.filter(vote=vote, voter__in=voters).values_list("voter", flat=True)
    return next(iter(before), voters[0])


def keyed_digest(paper: BallotPaper, choice: Choice, *, key: bytes) -> str:
    """By which two keyings of a paper are compared, and nothing else can be learnt."""
    text = f"paper {paper.pk} ".encode() + canonical(choice.record())
    return hmac.new(key, text, sha256).hexdigest()


def put(vote: Vote, choice: Choice, *, voter: str, way: str, projects: int) -> None:
    """Put a ballot into the box; it replaces the one that this voter cast before."""
    plain = canonical(choice.record()).ljust(ROOM + ROOM_A_PROJECT * projects)
    sealed = _sealed(bytes(vote.box.public_key), plain, bound_to=f"{vote.pk} {voter}")
    Ballot.objects.bulk_create(
        [Ballot(vote=vote, voter=voter, way=way, sealed=sealed)],
        update_conflicts=True,
        unique_fields=["vote", "voter"],
        update_fields=["way", "sealed"],
    )


def taken_out(ballot: Ballot, key: X25519PrivateKey) -> Choice:
    """What a ballot says; raises CannotOpen where its row was tampered with."""
    plain = _opened(key, bytes(ballot.sealed), bound_to=f"{ballot.vote_id} {ballot.voter}")
    record: dict[str, Any] = json.loads(plain)
    return choice_from_record(record)


def destroy(vote: Vote) -> None:
    """Destroy the ballots with their voters' digests, and every part of every key."""
    Ballot.objects.filter(vote=vote).delete()
    SubjectKey.objects.filter(subject=_subject(vote)).delete()
    vote.keepers.update(share=None, released=None)


def _subject(vote: Vote) -> str:
    return f"voters:{vote.pk}"


def _bond(keeper: BoxKeeper) -> str:
    return f"box {keeper.vote_id} keeper {keeper.pk}"


def _sealed(public: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """Sealed so that whoever sealed it can't open it: by a key that is thrown away."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(NONCE_BYTES)
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return own + nonce + _cipher(shared, own + public).encrypt(nonce, plain, bound_to.encode())


def _opened(private: X25519PrivateKey, sealed: bytes, *, bound_to: str) -> bytes:
    own, nonce = sealed[:KEY_BYTES], sealed[KEY_BYTES : KEY_BYTES + NONCE_BYTES]
    public = private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(own))
        rest = sealed[KEY_BYTES + NONCE_BYTES :]
        return _cipher(shared, own + public).decrypt(nonce, rest, bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(bound_to) from error


def _cipher(shared: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=KEY_BYTES, salt=salt, info=SEALING).derive(shared))
