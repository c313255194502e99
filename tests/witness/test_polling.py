"""A witness that fetches for itself trusts no server: tiles count when they lead to the root."""

import shutil
from pathlib import Path

import pytest

from gongzhi.core.ledger.witnessing import Status
from gongzhi.witness.polling import DAMAGED, poll
from gongzhi.witness.store import Store, WitnessRefused
from gongzhi.witness.witness import Witness
from witness.conftest import NOON
from witness.logs import ORIGIN, Log, rewritten


def polled(witness: Witness, folder: Path) -> Status | None:
    answer = poll(witness, origin=ORIGIN, address=str(folder)).answer
    return answer.status if answer else None


def polled_or_refused(witness: Witness, folder: Path) -> Status | str | None:
    try:
        return polled(witness, folder)
    except WitnessRefused as refused:
        return refused.said.text


def test_a_published_log_is_followed(witness: Witness, log: Log, tmp_path: Path):
    statuses = []
    for size in (3, 3, 255, 256, 700):
        log.publish(tmp_path, size)
        statuses.append(polled(witness, tmp_path))

    cosigned = Status.COSIGNED
    assert statuses == [cosigned, None, cosigned, cosigned, cosigned]


def test_a_log_that_stands_still_is_cosigned_again_every_hour(
    store: Store, log: Log, tmp_path: Path
):
    now = [NOON]
    witness = Witness(store, clock=lambda: now[0])
    log.publish(tmp_path, 300)
    statuses = []
    for minutes in (0, 30, 29, 2, 59, 1):
        now[0] += minutes * 60
        statuses.append(polled(witness, tmp_path))
    assert statuses == [Status.COSIGNED, None, None, Status.COSIGNED, None, Status.COSIGNED]
    assert witness.last_note(ORIGIN).startswith(log.note(300))


def test_s66_a_log_that_forgot_what_was_cosigned_is_evidence(
    witness: Witness, store: Store, log: Log, tmp_path: Path
):
    log.publish(tmp_path, 300)
    polled(witness, tmp_path)
    rewritten(5).publish(tmp_path, 400)

    assert polled(witness, tmp_path) is Status.UNPROVEN
    assert len(list(store.evidence(ORIGIN))) == 1


def test_a_rollback_is_noticed(witness: Witness, log: Log, tmp_path: Path):
    log.publish(tmp_path, 300)
    polled(witness, tmp_path)
    log.publish(tmp_path, 200)
    assert polled(witness, tmp_path) in {Status.CONFLICT, Status.MALFORMED}


def test_s65_an_altered_byte_in_any_tile_is_a_damaged_mirror_and_no_evidence(
    witness: Witness, store: Store, log: Log, tmp_path: Path
):
    published = tmp_path / "published"
    log.publish(published, 300)
    polled(witness, published)
    log.publish(published, 700)
    refused = 0
    for number, tile in enumerate(sorted(path for path in published.rglob("tile/**/*"))):
        if tile.is_dir():
            continue
        copy = Store(tmp_path / f"copy-{number}")
        shutil.copytree(store.folder, copy.folder)
        whole = tile.read_bytes()
        tile.write_bytes(bytes(byte ^ 1 for byte in whole))
        status = polled_or_refused(Witness(copy), published)
        assert status in {Status.COSIGNED, DAMAGED}, tile
        refused += status == DAMAGED
        tile.write_bytes(whole)
        assert list(copy.evidence(ORIGIN)) == []
    assert refused > 1


def test_another_log_at_the_address_is_refused(witness: Witness, tmp_path: Path):
    Log(origin="log.stranger.example").publish(tmp_path, 3)
    with pytest.raises(WitnessRefused, match="读不懂"):
        polled(witness, tmp_path)


def test_an_address_without_a_log_is_refused(witness: Witness, tmp_path: Path):
    with pytest.raises(WitnessRefused, match="没有检查点"):
        polled(witness, tmp_path)
    with pytest.raises(WitnessRefused, match="不是日志的地址"):
        polled(witness, tmp_path / "nowhere")
