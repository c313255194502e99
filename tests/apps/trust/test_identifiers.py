"""Identifiers: UUIDv7, ascending in one process whatever the clock does."""

import time
from concurrent.futures import ThreadPoolExecutor

from gongzhi.trust.identifiers import millisecond_of, new_id


def test_an_identifier_is_a_uuid_of_version_7_and_says_when_it_was_made():
    before, identifier, after = time.time_ns(), new_id(), time.time_ns()
    assert (identifier.version, identifier.variant) == (7, "specified in RFC 4122")
    assert before // 1_000_000 <= millisecond_of(identifier) <= after // 1_000_000


def test_a_later_identifier_sorts_later_even_within_a_millisecond():
    identifiers = [new_id() for _ in range(10_000)]
    assert identifiers == sorted(identifiers)


def test_an_identifier_stays_ascending_when_the_clock_goes_back(monkeypatch):
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert new_id() > first


def test_threads_never_get_the_same_identifier():
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(8_000)))
    assert len(set(made)) == 8_000
