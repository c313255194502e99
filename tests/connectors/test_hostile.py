"""QUALITY R11: files that were damaged, or made to hurt, end as facts or as sentences."""

import json
import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from connectors.files import HEADER, csv_of, row, xlsx_of
from gongzhi.connectors.importing import Importing
from gongzhi.connectors.mapping_record import mapping_from_text
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Wanted, mappings_for, try_file
from gongzhi.intake.listing import Listing
from gongzhi.intake.lists import open_list
from gongzhi.words import say

SAMPLES = {
    "csv": csv_of([row(n) for n in range(20)]),
    "gb18030": csv_of([row(n) for n in range(20)], charset="gb18030"),
    "json": json.dumps(
        {"releases": [{"ocid": "o", "contracts": [{"id": "c", "value": {"amount": 1.5}}]}]}
    ).encode(),
    "xlsx": xlsx_of([HEADER, *(row(n) for n in range(20))]),
}
KEPT = Wanted(mode=Mode.KEEP_GOOD)


def is_answered(content: bytes) -> None:
    tried = try_file("x", content, KEPT)
    problems = (*tried.problems, *(tried.result.problems if tried.result else ()))
    assert tried.is_usable or problems
    for problem in problems:
        assert say(problem.what, "en")
        assert say(problem.hint, "zh")


def damaged(sample: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    """The sample with some bytes overwritten, left out or put in."""
    content = bytearray(sample)
    for at, given_bytes in changes:
        place = at % (len(content) + 1)
        content[place : place + at % 3] = given_bytes
    return bytes(content)


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 100_000),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"'", b"{", b"]", b"\xff", b"1e999"]),
        ),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(changes=CHANGES)
def test_r11_a_damaged_file_is_facts_or_a_sentence(kind, changes):
    is_answered(damaged(SAMPLES[kind], changes))


@settings(max_examples=80, deadline=None)
@given(changes=CHANGES)
def test_a_damaged_mapping_is_a_mapping_or_a_sentence(changes):
    text = json.dumps({"facts": [{"kind": "budget", "fields": {"year": "年度", "initial": ["a"]}}]})
    mapping = mapping_from_text(damaged(text.encode(), changes).decode("utf-8", "replace"))
    assert mapping is not None


@pytest.mark.parametrize(
    "content",
    [
        b"\n" * 10_000,
        b'"' * 10_000,
        b"," * 100_000,
        ("支付编号,支付日期,支付金额\n" + 'A,2026-01-01,"' * 500).encode(),
        b"a\0b,c\n1\0,2\n",
        "支付编号,支付编号,支付编号\n1,2,3\n".encode(),
        "﻿﻿支付编号,支付日期,支付金额\n1,2026-01-01,3\n".encode(),
        "支付编号\t支付日期\t支付金额\r1\t2026-01-01\t3\r".encode(),
        b"[" * 50_000 + b"]" * 50_000,
        b'[{"a": 1' + b"0" * 100_000 + b"}]",
        b'[{"' + b"x" * 100_000 + b'": 1}]',
    ],
)
def test_s41_strange_files_are_answered(content):
    is_answered(content)


def test_a_thousand_columns_are_read_by_their_names():
    header = [f"列{n}" for n in range(600)] + list(HEADER)
    content = csv_of([["x"] * 600 + list(row(1))], header=header)
    tried = try_file("x", content, KEPT)
    assert tried.is_usable
    assert len(tried.unread) == 600


@pytest.mark.deep
def test_p01_200_000_rows_of_xlsx_fit_the_child(tmp_path):
    path = tmp_path / "大.xlsx"
    with Workbook(path) as book:  # with shared strings, as office programs write them
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(1, 200_001):
            for column, cell in enumerate(
                row(n, purpose=f"第{n}期工程款", payee=f"公司{n % 5000}")
            ):
                sheet.write_string(n, column, cell)
    listing = open_list("大.xlsx", path)
    assert isinstance(listing, Listing), listing
    assert sum(1 for _ in listing.sheets[0].rows()) == 200_001


@pytest.mark.deep
def test_p01_memory_stays_flat_while_rows_stream_by(tmp_path):
    path = tmp_path / "大.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        file.writelines(",".join(row(n)) + "\n" for n in range(500_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    listing = open_list("大.csv", path)
    assert isinstance(listing, Listing)
    mappings, _ = mappings_for(listing, KEPT)
    importing = Importing(listing, mappings)
    assert sum(len(batch.facts) for batch in importing) == 500_000
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 120  # the table of identities, 24 bytes each, twice while it grows
