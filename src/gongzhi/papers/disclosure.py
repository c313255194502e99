"""A unit's disclosure as papers: a sheet for each piece, its fields above, its lines below."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.core.disclosure.content import Held, Piece
from gongzhi.core.disclosure.stages import GROUNDS
from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn import Cell, Row

WIDTH = 25.5  # centimetres of an A4 page on its side
LABEL_WIDTH, TITLE, TEXT = 4.5, "内容项", "内容"
NARROW = frozenset({"分值", "得分", "一级指标", "二级指标", "执行率"})
NARROW_WIDTH = 2.0

CHECKING = """\
{title}

怎样核对
1. 各文件与 SHA256SUMS 一致：sha256sum -c SHA256SUMS
2. {sealed} 的 SHA-256 是 {digest}
   与存证里“公开”这一步写明的 content 相同：在本页面的存证标记处下载证明和记录，
   用 gongzhi verify 证明文件 离线核对，再比较记录里的 content。
3. 公开以后不能修改；更正另出新的版本。

How to check it
1. Every file agrees with SHA256SUMS: sha256sum -c SHA256SUMS
2. The SHA-256 of {sealed} is {digest}
   and equals “content” in the log's entry of the publication: download its proof and record at
   the seal mark of the pack's page, run gongzhi verify PROOF, and compare the record's content.
3. What is published is never changed; a correction is a new version.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledPiece:
    """A piece under the name of its kind and its own."""

    kind: str
    name: str
    piece: Piece


def disclosure_papers(pieces: Sequence[TitledPiece], *, note: str) -> list[DrawnPaper]:
    """The papers in the order of the pieces; at least one is needed."""
    return [_paper(each, note=note) for each in pieces]


def _paper(titled: TitledPiece, *, note: str) -> DrawnPaper:
    piece = titled.piece
    widths = _widths(piece.heads) if piece.heads else (LABEL_WIDTH, WIDTH - LABEL_WIDTH)
    pairs = [(each.title, each.text) for each in piece.fields] + [_held(h) for h in piece.held]
    pair_rows = tuple(_pair(title, text, columns=len(widths)) for title, text in pairs)
    heads = piece.heads or (TITLE, TEXT)
    lines = tuple(Row(cells=tuple(Cell(text=text) for text in line)) for line in piece.lines)
    return DrawnPaper(
        title=f"{titled.kind}：{titled.name}",
        note=note,
        name=titled.name,
        widths=widths,
        landscape=True,
        top=pair_rows if piece.heads else (),
        head=Row(cells=tuple(Cell(text=head, head=True) for head in heads)),
        body=lines if piece.heads else pair_rows,
    )


def _held(held: Held) -> tuple[str, str]:
    return "不公开的部分", f"{GROUNDS[held.ground].text}：{held.reason}"


def _pair(title: str, text: str, *, columns: int) -> Row:
    return Row(cells=(Cell(text=title, head=True), Cell(text=text, column_span=columns - 1)))


def _widths(heads: Sequence[str]) -> tuple[float, ...]:
    narrow = [head in NARROW for head in heads]
    rest = WIDTH - NARROW_WIDTH * sum(narrow)
    wide = rest / max(1, len(heads) - sum(narrow))
    return tuple(NARROW_WIDTH if each else wide for each in narrow)


def how_to_check(title: str, *, sealed: str, digest: str) -> str:
    """How whoever took the files away checks them, in both languages."""
    return CHECKING.format(title=title, sealed=sealed, digest=digest.removeprefix("sha256:"))
