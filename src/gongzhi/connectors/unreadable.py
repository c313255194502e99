"""Why a cell is not what its column should hold; caught where the row and the column are known."""

from gongzhi.core.terms import Said


class Unreadable(Exception):
    """A cell that can't be read: what is wrong with it and what to do."""

    def __init__(self, what: Said, hint: Said) -> None:
        super().__init__()
        self.what = what
        self.hint = hint
