"""Open data: which sets there are, what their fields mean, under which licence they are given."""

from gongzhi.rules.open_data.reading import Dataset, load_open_data, read_open_data

__all__ = ["Dataset", "load_open_data", "read_open_data"]
