"""The rows that entered the log as one deed: a list of them, each of them, and its proof."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.ledger.batch import Batch
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.row_proof import RowProof
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.row_proofs import batch_in, records_between, row_proof
from gongzhi.parties.told import told_in
from gongzhi.trust.proofs import entry_at, signed_size
from gongzhi.web.downloads import as_file
from gongzhi.web.fact_words import fact_of
from gongzhi.web.facts import ShownFact, facts_in_words

ROWS = 20
# What the rows of a batch are called that are of no kind of thing and no verb.
KINDS: Mapping[str, Said] = {
    "facts": Said("一项事实"),
    "ballot_receipt": Said("选票的回执"),
}


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
    """A row: its public facts, and the names of what it only promises, in words."""

    number: int
    facts: tuple[ShownFact, ...]
    promised: tuple[Said, ...]
    record: str


def shown_batch(entry: bytes) -> ShownBatch | None:
    """The batch of an entry; None where no rows entered with it."""
    found = batch_in(entry)
    return _in_words(found[1]) if found else None


def _in_words(batch: Batch) -> ShownBatch:
    charter = charter_in_force()
    named: Mapping[str, Said] = {**KINDS, **charter.kind_names, **charter.verb_names}
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
        "rows": _shown(records, member=request.member),
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
        "row": _shown({row: proof.record}, member=request.member)[0],
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


def _shown(records: Mapping[int, bytes], *, member: Member) -> list[ShownRow]:
    contents = {number: told_in(record) for number, record in records.items()}
    facts = facts_in_words([told["public"] for told in contents.values()], member=member)
    return [
        ShownRow(
            number=number,
            facts=said,
            promised=tuple(fact_of(field).name for field in told["c"]),
            record=records[number].decode(),
        )
        for (number, told), said in zip(contents.items(), facts, strict=True)
    ]
