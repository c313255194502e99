"""共治 Gongzhi: a region's performance budgeting, run together."""

__version__ = "0.1.0"
