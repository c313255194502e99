"""The indicator library: a file for each indicator, in the folder of its functional class."""

from gongzhi.rules.indicators.reading import (
    FunctionalClass,
    load_classes,
    load_library,
    read_indicator,
)

__all__ = ["FunctionalClass", "load_classes", "load_library", "read_indicator"]
