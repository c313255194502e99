"""The verifier in one file: a page that checks a proof without this site and without a network.

It carries the same script as the site's pages (static/js), only without its spaces and comments,
so that there is one verifier and whoever wants to can still read it. Its own policy forbids it to
ask anything of anybody. The same log under the same policy gives the same bytes.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.rejected import SENTENCES, Reason

NAME = "gongzhi-verify.html"
STATIC = Path(__file__).parent / "static"
SCRIPTS = ("verify.js", "verify-row.js", "verify-offline.js")
SCRIPT_BYTES_MAX = 10_000
_IMPORTS = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORTS = re.compile(r"^export ", re.MULTILINE)
# A word of JavaScript as far as spaces matter. None of our templates holds another one.
_WORD = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?<=[(,=!&|?:>])\s*(?P<pattern>/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/[a-z]*)"
    r"|(?P<space>\s+)"
    r"|(?P<kept>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`"
    r"|[\w$]+|.)",
    re.DOTALL,
)
_NEEDS_SPACE = re.compile(r"[\w$][\w$]|\+\+|--", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the verification, and the reasons for which it fails."""

    text: str
    reasons: tuple[Reason, ...]
    is_of_row: bool = False  # taken only where a row is proved

    @property
    def fails(self) -> str:
        """The reasons as the page carries them."""
        return " ".join(self.reasons)


# In the order in which verify.js and verify-row.js take them.
STEPS = (
    Step(text="信任策略读得懂", reasons=(Reason.POLICY, Reason.QUORUM_LINE)),
    Step(text="行证明文件完好", reasons=(Reason.ROW,), is_of_row=True),
    Step(text="所示的值与这一行的承诺相符", reasons=(Reason.VALUE,), is_of_row=True),
    Step(text="由这一行算得出存证里的批根", reasons=(Reason.BATCH,), is_of_row=True),
    Step(text="证明文件完好", reasons=(Reason.PROOF,)),
    Step(text="检查点完好", reasons=(Reason.NOTE, Reason.CHECKPOINT)),
    Step(text="日志的签名和见证方的签名都是真的", reasons=(Reason.SIGNATURE, Reason.UNSIGNED)),
    Step(text="见证方够信任策略要求的数目", reasons=(Reason.QUORUM,)),
    Step(text="序号在检查点的范围以内", reasons=(Reason.INDEX,)),
    Step(text="由记录算得出检查点的根", reasons=(Reason.TREE,)),
)
FIELDS: Mapping[str, str] = {
    "verb": "动作",
    "party": "一方",
    "clause": "依据",
    "charter": "规则的版本",
    "on": "对象",
    "business_date": "业务日期",
    "claimed_at": "自称的时间",
    "public": "公开的内容",
    "c": "只存凭据的内容",
    "because": "因为哪次办理",
    "batch": "成批的行",
    "shown": "出示的值",
}


def verifier(policy: str) -> str:
    """The page for a log, its trust policy printed in it."""
    script, style = verifier_script(), _file("css/offline.css")
    context = {
        "origin": read_policy(policy).logs[0].name,
        "policy": policy,
        "script": script,
        "script_digest": _digest(script),
        "style": style,
        "style_digest": _digest(style),
        "steps": STEPS,
        "reasons": {str(reason): SENTENCES[reason] for step in STEPS for reason in step.reasons},
        "fields": FIELDS,
    }
    with override("zh-hans"):
        return render_to_string("offline/verifier.html", context)


@cache
def verifier_script() -> str:
    """The whole script: the verifier of the site's pages, and what shows it here."""
    sources = (_EXPORTS.sub("", _IMPORTS.sub("", _file(f"js/{name}"))) for name in SCRIPTS)
    return "\n".join(compact(source) for source in sources)


def compact(source: str) -> str:
    """A script without comments and spaces that tell it nothing; its paragraphs become lines."""
    kept = ""
    for word, before in _words(source):
        needed = " " if before and _NEEDS_SPACE.fullmatch(kept[-1:] + word[0]) else ""
        kept += ("\n" if "\n\n" in before and kept else needed) + word
    return kept


def _words(source: str) -> Iterator[tuple[str, str]]:
    """Its words, and the spaces between each and the one before."""
    before = ""
    for found in _WORD.finditer(source):
        if word := found["kept"] or found["pattern"]:
            yield word, before
            before = ""
        else:
            before += found["space"] or ""


def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()
