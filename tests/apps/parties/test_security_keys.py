"""Security keys, by a key made of software: what it signs counts only here, now, and once."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from apps.web.signing import person
from gongzhi.parties.models import Alarm, Factor
from gongzhi.parties.security_keys import Site, add_key, ask_for_key, ask_for_new_key, use_key

HERE = Site(name="共治", host="budget.example", origin="https://budget.example")
ELSEWHERE = "https://budget.example.evil.example"
FLAG = AuthenticatorData.FLAG

pytestmark = pytest.mark.django_db


@dataclass
class SoftKey:
    """A key as the browser's answer shows it (WebAuthn level 2, 5.8 and 6.1)."""

    origin: str = HERE.origin
    counter: int = 1
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = field(default_factory=lambda: os.urandom(16))

    def make(self, options: str) -> str:
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.name, public)
        shown = AuthenticatorData.create(_host(), FLAG.UP | FLAG.AT, self.counter, credential)
        made = AttestationObject.create("none", shown, {})
        return self._answer(self._client("webauthn.create", options), attestationObject=made)

    def use(self, options: str, *, flags: int = FLAG.UP) -> str:
        self.counter += 1 if self.counter else 0
        shown = AuthenticatorData.create(_host(), flags, self.counter)
        client = self._client("webauthn.get", options)
        signature = self.secret.sign(shown + client.hash, ec.ECDSA(SHA256()))
        return self._answer(client, authenticatorData=shown, signature=signature)

    def _client(self, kind: str, options: str) -> CollectedClientData:
        return CollectedClientData.create(kind, json.loads(options)["challenge"], self.origin)

    def _answer(self, client: CollectedClientData, **parts: bytes) -> str:
        response = {name: websafe_encode(part) for name, part in parts.items()}
        answer = {
            "id": websafe_encode(self.name),
            "rawId": websafe_encode(self.name),
            "type": "public-key",
            "response": response | {"clientDataJSON": websafe_encode(client)},
            "clientExtensionResults": {},
        }
        return json.dumps(answer)


def _host() -> bytes:
    return sha256(HERE.host.encode()).digest()


@pytest.fixture
def li():
    return person()


def set_up(owner, key: SoftKey) -> Factor | None:
    asked = ask_for_new_key(HERE, owner)
    answer = key.make(asked.options)
    return add_key(HERE, owner, name="钥匙", state=asked.state, answer=answer)


def test_a_key_is_set_up_and_used(li):
    key = SoftKey()
    assert set_up(li, key)

    asked = ask_for_key(HERE, li)

    assert use_key(HERE, li, state=asked.state, answer=key.use(asked.options)) is not None
    assert json.loads(asked.options)["rpId"] == HERE.host


def test_who_has_no_key_is_not_asked_for_one(li):
    assert ask_for_key(HERE, li) is None


def test_what_was_signed_for_another_site_is_worth_nothing(li):
    key = SoftKey()
    set_up(li, key)
    asked = ask_for_key(HERE, li)
    key.origin = ELSEWHERE

    assert use_key(HERE, li, state=asked.state, answer=key.use(asked.options)) is None
    assert set_up(li, SoftKey(origin=ELSEWHERE)) is None


def test_an_answer_to_another_question_is_worth_nothing(li):
    key = SoftKey()
    set_up(li, key)
    before, now = ask_for_key(HERE, li), ask_for_key(HERE, li)

    assert use_key(HERE, li, state=now.state, answer=key.use(before.options)) is None


def test_an_untouched_key_is_worth_nothing(li):
    key = SoftKey()
    set_up(li, key)
    asked = ask_for_key(HERE, li)

    assert use_key(HERE, li, state=asked.state, answer=key.use(asked.options, flags=0)) is None


def test_the_key_of_another_is_worth_nothing(li):
    wang, key = person("wang"), SoftKey()
    set_up(wang, key)
    set_up(li, SoftKey())
    asked = ask_for_key(HERE, li)

    assert use_key(HERE, li, state=asked.state, answer=key.use(asked.options)) is None


def test_another_key_of_the_same_name_is_worth_nothing(li):
    key = SoftKey()
    set_up(li, key)
    asked = ask_for_key(HERE, li)
    forged = SoftKey(name=key.name, counter=9)

    assert use_key(HERE, li, state=asked.state, answer=forged.use(asked.options)) is None
    assert set_up(person("wang"), SoftKey(name=key.name)) is None


def test_a_counter_that_does_not_grow_is_a_copy_and_rings(li):
    key = SoftKey(counter=5)
    set_up(li, key)
    copy = SoftKey(secret=key.secret, name=key.name, counter=3)
    asked = ask_for_key(HERE, li)

    assert use_key(HERE, li, state=asked.state, answer=copy.use(asked.options)) is None

    assert Alarm.objects.get().kind == "copied_key"


def test_keys_that_keep_no_counter_can_be_used(li):
    key = SoftKey(counter=0)
    set_up(li, key)
    for _ in range(2):
        asked = ask_for_key(HERE, li)
        assert use_key(HERE, li, state=asked.state, answer=key.use(asked.options)) is not None


@pytest.mark.parametrize(
    "answer", ["", "x", "[]", "{}", '{"id": 1}', "null", '{"response": {}}', "9" * 30_000]
)
def test_what_is_no_answer_is_refused_without_fuss(li, answer):
    set_up(li, SoftKey())
    asked, new = ask_for_key(HERE, li), ask_for_new_key(HERE, li)

    assert use_key(HERE, li, state=asked.state, answer=answer) is None
    assert add_key(HERE, li, name="钥匙", state=new.state, answer=answer) is None
