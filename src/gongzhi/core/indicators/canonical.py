"""Text in canonical form, so that equal figures written differently compare as equal."""

import unicodedata
from functools import lru_cache

# Longer texts are folded piece by piece: folding one long run of combining marks takes
# quadratic time. A letter and its mark are kept apart only where a piece ends.
PIECE = 256
# Headings, targets and results of many forms are the same few texts.
REMEMBERED = 4096
FOLDED = (("≧", "≥"), ("≦", "≤"), ("═", "="), (">=", "≥"), ("<=", "≤"))
# What people write into a cell that has nothing to say.
NOTHING = frozenset({"", "/", "—", "——", "-", "--", "一"})
NO_REASON = NOTHING | {"无", "0"}


def canonical(text: str | None) -> str:
    """The text without spaces, full-width letters and variants of signs; nothing is ""."""
    if not text:
        return ""
    return _of_short(text) if len(text) <= PIECE else _with_signs(_piece_by_piece(text))


@lru_cache(maxsize=REMEMBERED)
def _of_short(text: str) -> str:
    return _with_signs(unicodedata.normalize("NFKC", text))


def _with_signs(folded: str) -> str:
    folded = "".join(folded.split())
    for variant, sign in FOLDED:
        folded = folded.replace(variant, sign)
    return folded


def _piece_by_piece(text: str) -> str:
    pieces = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    return "".join(unicodedata.normalize("NFKC", piece) for piece in pieces)


def says_nothing(text: str | None) -> bool:
    """Whether the cell is empty or holds only a stroke."""
    return canonical(text) in NOTHING


def gives_no_reason(text: str | None) -> bool:
    """Whether a cell for reasons is empty; there 无 and 0 are nothing, too."""
    return canonical(text) in NO_REASON
