"""What somebody gave doesn't suit: the charter allows the deed, but not with these values."""

from collections.abc import Mapping

from gongzhi.core.terms import Said

NO_REASON = Said("请写明理由")


class Unsuitable(Exception):
    """Values that don't suit, each fault by the name of its field; nothing was done."""

    def __init__(self, faults: Mapping[str, Said]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults
