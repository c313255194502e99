"""Whether a demo holds somebody's own files in place of its city."""

from gongzhi.parties.models import Region

TRIAL = "TRIAL"  # the code of the region in which somebody tries their own files


def is_trial() -> bool:
    """Whether this database holds somebody's own files."""
    return Region.objects.filter(code=TRIAL).exists()
