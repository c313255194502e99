"""Verify a proof: in the reader's browser where it can, else here; or offline, with one file."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.core.ledger.policy import Policy, read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Rejected, RejectedError
from gongzhi.core.ledger.row_proof import RowProof, is_row_proof, row_verdict_on
from gongzhi.trust.proofs import PublishedHead, head, proof_of
from gongzhi.web.cosigners import cosigners_shown
from gongzhi.web.downloads import HTML, as_file
from gongzhi.web.limits import within_limit
from gongzhi.web.one_file import NAME, verifier
from gongzhi.web.pages import refusals
from gongzhi.web.verdicts import reasons, verdict_words

FILE_BYTES_MAX = 1_000_000
TIMES_A_MINUTE = 60
FAR = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What a verification needs: proof, record, and the policy that says whom to believe."""

    proof: bytes
    record: bytes
    policy: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The verdict on the entry; and the row, where a row of it was proved."""

    log: Proven | Rejected | None
    row: RowProof | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page to verify on; a POST brings the verdict."""
    published = head()
    context: dict[str, object] = {
        "head": published,
        "cosigners": cosigners_shown(published),
        "reasons": reasons(),
        "words": verdict_words(),
    }
    if request.method != "POST":
        return render(request, "pages/verify.html", context)
    if not within_limit(request, act="verify", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    files = _given(request, published)
    if files is None:
        return render(request, "pages/verify.html", {**context, "lacking": True}, status=400)
    told = _verdict(files)
    is_good = isinstance(told.log, Proven)
    context |= {"verdict": told.log, "holds": is_good, "row": told.row}
    context["record"] = _text(told.row.record if told.row else files.record)
    return render(request, "pages/verify.html", context)


@require_safe
def verify_offline(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The verifier in one file, for this log."""
    published = head()
    if published is None:
        raise Http404
    return as_file(verifier(published.policy), name=NAME, content_type=HTML)


@require_safe
def verify_words(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What a browser that verifies tells its reader, in the reader's language."""
    return JsonResponse({"words": verdict_words(), "reasons": reasons()})


def _given(request: HttpRequest, published: PublishedHead | None) -> Files | None:
    policy = _uploaded(request, "policy") or (published.policy.encode() if published else b"")
    index = request.POST.get("index", "")
    if index.isascii() and index.isdigit() and int(index) < FAR:
        stored = proof_of(int(index))
        if stored is None:
            return None
        return Files(proof=stored.text.encode(), record=stored.record, policy=policy)
    proof, record = _uploaded(request, "proof"), _uploaded(request, "record")
    whole = proof and (record or is_row_proof(proof))  # which brings its record with it
    return Files(proof=proof, record=record, policy=policy) if whole else None


def _uploaded(request: HttpRequest, name: str) -> bytes:
    file = request.FILES.get(name)
    return file.read(FILE_BYTES_MAX) if file else b""


def _verdict(files: Files) -> Told:
    try:
        policy: Policy = read_policy(files.policy.decode("utf-8", "replace"))
    except RejectedError as error:
        return Told(log=error.rejected)
    if not is_row_proof(files.proof):
        return Told(log=verdict_on(files.proof, record=files.record, policy=policy))
    verdict = row_verdict_on(files.proof, policy=policy, record=files.record or None)
    if verdict.fault or verdict.log is None:
        return Told(log=verdict.fault)
    return Told(log=verdict.log, row=verdict.read)


def _text(record: bytes) -> str:
    return record.decode("utf-8", "replace")
