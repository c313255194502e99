"""The rows that entered the log as one deed: a list of them, each of them, and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongzhi.core.ledger.batch import Batch
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.row_proof import RowProof
from gongzhi.core.sealed import Sealable, canonical, read_canonical
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.row_proofs import batch_in, records_between, row_proof
from gongzhi.trust.proofs import entry_at, signed_size
from gongzhi.web.downloads import as_file

ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBatch:
    """What an entry says of its rows, in words."""

    kind: Said
    size: int
    root: str

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.size - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row: its public facts, and the names of what it only promises."""

    number: int
    facts: tuple[tuple[str, str], ...]
    promised: tuple[str, ...]
    record: str


def shown_batch(entry: bytes) -> ShownBatch | None:
    """The batch of an entry; None where no rows entered with it."""
    found = batch_in(entry)
    return _in_words(found[1]) if found else None


def _in_words(batch: Batch) -> ShownBatch:
    charter = charter_in_force()
    named: Mapping[str, Said] = {**charter.kind_names, **charter.verb_names}
    kind = named.get(batch.kind, Said(batch.kind))
    return ShownBatch(kind=kind, size=batch.size, root=write_base64(batch.root))


@require_safe
def rows(request: MemberRequest, index: int) -> HttpResponse:
    """The rows of an entry in their order; `row` leads to one by its number."""
    found = batch_in((entry_at(index) if index < signed_size() else None) or b"null")
    if found is None:
        raise Http404
    deed, batch = found
    if wanted := _number(request.GET.get("row", "")):
        return redirect("ledger-row", index, wanted)
    page = Paginator(range(batch.size), ROWS).get_page(request.GET.get("page"))
    records = records_between(deed, page[0], page[-1] + 1)
    context = {
        "index": index,
        "batch": _in_words(batch),
        "page": page,
        "rows": [_shown(number, record) for number, record in records.items()],
        "query": "",
    }
    return render(request, "pages/ledger_rows.html", context)


@require_safe
def row(request: MemberRequest, index: int, row: int) -> HttpResponse:
    """A row: what it says, how many stand with it, and the proof of it."""
    proof = _proof(index, row)
    context = {
        "index": index,
        "batch": shown_batch(proof.entry),
        "row": _shown(row, proof.record),
    }
    return render(request, "pages/ledger_row.html", context)


@require_safe
def row_proof_file(request: MemberRequest, index: int, row: int) -> HttpResponse:  # noqa: ARG001
    """The row's `.row-proof`; it shows nothing that isn't public."""
    return as_file(_proof(index, row).content, name=f"gongzhi-{index}-{row}.row-proof")


def _proof(index: int, row: int) -> RowProof:
    proof = row_proof(index, row)
    if proof is None:
        raise Http404
    return proof


def _number(text: str) -> str:
    """The number that was asked for; nothing where it is none."""
    return text if text.isascii() and text.isdigit() and len(text) < 16 else ""


def _shown(number: int, record: bytes) -> ShownRow:
    content: Any = read_canonical(record)
    return ShownRow(
        number=number,
        facts=tuple((name, _text(value)) for name, value in content["public"].items()),
        promised=tuple(content["c"]),
        record=record.decode(),
    )


def _text(value: Sealable) -> str:
    return value if isinstance(value, str) else canonical(value).decode()
