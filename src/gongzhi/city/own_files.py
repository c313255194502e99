"""Whether a demo holds somebody's own files in place of its city."""

from gongzhi.parties.currency import home_region

TRIAL = "TRIAL"  # the code of the region in which somebody tries their own files


def is_trial() -> bool:
    """Whether this database holds somebody's own files."""
    region = home_region()
    return region is not None and region.code == TRIAL
