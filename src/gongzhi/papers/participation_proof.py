"""参与证明: what an organisation, or a person, contributed in a year, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout, drawn
from gongzhi.papers.drawn_pdf import drawn_pdf

NOTE = "平台按存证记录出具"
LAYOUT = Layout(
    title="参与证明",
    landscape=True,
    columns=(
        Column(name="number", label="意见编号", width=2.2),
        Column(name="kind", label="种类", width=2.2),
        Column(name="said", label="说了什么", width=6.4),
        Column(name="answer", label="答复", width=5.6),
        Column(name="changed", label="改变的数字", width=5.6),
        Column(name="seal", label="存证", width=3.2),
    ),
    top=(
        (
            Label(text="参与方"), Box(name="who", width=3),
            Label(text="年度"), Box(name="year"),
        ),
        (
            Label(text="提出意见"), Box(name="said_count"),
            Label(text="采纳和部分采纳"), Box(name="adopted_count"),
            Label(text="改变的数字"), Box(name="changed_count"),
        ),
        (
            Label(text="附议"), Box(name="backed_count"),
            Label(text="写明资源"), Box(name="offer_count"),
            Label(text="出具日期"), Box(name="made_on"),
        ),
        (Label(text="核验地址"), Box(name="verify", width=5)),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A voice: its number, what it said, what was answered by whom, what it changed, its seal."""

    number: str
    kind: str
    said: str
    answer: str
    changed: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationProof:
    """A year of somebody's contributions, counted and one by one."""

    who: str
    year: int
    made_on: str
    verify: str
    adopted: int
    changed: int
    backed: int
    offers: int
    contributions: Sequence[Contribution]


def name_of_file(proof: ParticipationProof) -> str:
    """How readers know the file."""
    return f"{LAYOUT.title}-{proof.who}-{proof.year}.pdf"


def proof_pdf(proof: ParticipationProof, *, note: str) -> bytes:
    """The proof as a PDF; the note under its title names the log."""
    filled = Filled(
        boxes={
            "who": proof.who,
            "year": str(proof.year),
            "said_count": f"{len(proof.contributions)} 条",
            "adopted_count": f"{proof.adopted} 条",
            "changed_count": f"{proof.changed} 个",
            "backed_count": f"{proof.backed} 条",
            "offer_count": f"{proof.offers} 次",
            "made_on": proof.made_on,
            "verify": proof.verify,
        },
        lines=tuple(
            {
                "number": each.number,
                "kind": each.kind,
                "said": each.said,
                "answer": each.answer,
                "changed": each.changed,
                "seal": each.seal,
            }
            for each in proof.contributions
        ),
    )
    return drawn_pdf([drawn(LAYOUT, filled, name=f"{proof.who}-{proof.year}", note=note)])
