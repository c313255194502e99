"""Verify a proof: in the reader's browser where it can, else here."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.core.ledger.policy import Policy, read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Rejected, RejectedError
from gongzhi.trust.proofs import PublishedHead, head, proof_of
from gongzhi.web.limits import within_limit
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


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page to verify on; a POST brings the verdict."""
    published = head()
    context: dict[str, object] = {"head": published, "reasons": reasons(), "words": verdict_words()}
    if request.method != "POST":
        return render(request, "pages/verify.html", context)
    if not within_limit(request, act="verify", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    files = _given(request, published)
    if files is None:
        return render(request, "pages/verify.html", {**context, "lacking": True}, status=400)
    verdict = _verdict(files)
    is_good = isinstance(verdict, Proven)
    context |= {"verdict": verdict, "holds": is_good, "record": _text(files.record)}
    return render(request, "pages/verify.html", context)


def _given(request: HttpRequest, published: PublishedHead | None) -> Files | None:
    policy = _uploaded(request, "policy") or (published.policy.encode() if published else b"")
    index = request.POST.get("index", "")
    if index.isascii() and index.isdigit() and int(index) < FAR:
        stored = proof_of(int(index))
        if stored is None:
            return None
        return Files(proof=stored.text.encode(), record=stored.record, policy=policy)
    proof, record = _uploaded(request, "proof"), _uploaded(request, "record")
    return Files(proof=proof, record=record, policy=policy) if proof and record else None


def _uploaded(request: HttpRequest, name: str) -> bytes:
    file = request.FILES.get(name)
    return file.read(FILE_BYTES_MAX) if file else b""


def _verdict(files: Files) -> Proven | Rejected:
    try:
        policy: Policy = read_policy(files.policy.decode("utf-8", "replace"))
    except RejectedError as error:
        return error.rejected
    return verdict_on(files.proof, record=files.record, policy=policy)


def _text(record: bytes) -> str:
    return record.decode("utf-8", "replace")
