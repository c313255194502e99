"""Five parties' witnesses as programs under five users cosign this installation's log."""

import os
import pwd
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from apps.trust.entries import leave_many
from apps.trust.watchers import changed
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.trust import witnesses
from gongzhi.trust.asking import ask
from gongzhi.trust.cosignatures import unanchored_since
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.proofs import head, proof_of
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.witnesses import Candidate
from witness.test_programs import USERS, as_user, free_port, surroundings

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start programs as other users"),
]
# The interpreter may lie where other users can't go: all is loaded before the user changes.
SERVE = """
import os, sys
from pathlib import Path
from gongzhi.witness.hosting import server
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1]))
server(Path(sys.argv[3]), port=int(sys.argv[4])).serve_forever()
"""
STORE = "own"
START_S_MAX = 60


class Party:
    """A user of this machine with a witness of its own."""

    def __init__(self, user, folder):
        self.entry, self.home, self.port = pwd.getpwnam(user), folder / user, free_port()
        self.home.mkdir(mode=0o700)
        os.chown(self.home, self.entry.pw_uid, self.entry.pw_gid)
        log = installation_signer().verifier.text
        where = ("--home", str(self.home / STORE))
        made = as_user(user, "init", *where, "--name", f"{user}.example", "--log", log)
        self.key = made.stdout.split('"key": "')[1].partition('"')[0]

    def serve(self):
        who = (str(self.entry.pw_uid), str(self.entry.pw_gid))
        line = [sys.executable, "-c", SERVE, *who, str(self.home), str(self.port)]
        self.program = subprocess.Popen(line, env=surroundings(), start_new_session=True)
        until = time.monotonic() + START_S_MAX
        while ask(self.address, b"", wait_s=1).status is None:
            assert time.monotonic() < until, "the witness did not start"
            time.sleep(0.05)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/{STORE}"

    def end(self):
        if self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGKILL)
        self.program.wait()


def grown_and_asked():
    leave_many(1)
    sequence()
    asking = Cosigning()
    asking.round(wait_s=10)
    asking.end()


def test_r20_parties_go_and_come_back_under_users_of_their_own(open_folder):
    with ExitStack() as stack:
        parties = [Party(user, open_folder) for user in USERS]
        for party in parties:
            party.serve()
            stack.callback(party.end)
            candidate = Candidate(key=party.key, operator=party.home.name, address=party.address)
            changed(witnesses.admit, candidate)
        changed(witnesses.ask_for, 4)
        grown_and_asked()
        assert len(head().cosigners) == 5

        parties[0].end()
        grown_and_asked()
        assert (len(head().cosigners), unanchored_since()) == (4, None)

        parties[1].end()
        grown_and_asked()
        assert unanchored_since() is not None

        parties[0].serve()
        grown_and_asked()
        assert unanchored_since() is None
        policy = read_policy(head().policy)
        for index in range(4):
            proof = proof_of(index)
            verdict = verdict_on(proof.text.encode(), record=proof.record, policy=policy)
            assert isinstance(verdict, Proven)
