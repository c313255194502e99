"""What columns are called in the files of other systems: synonyms for every field of a fact."""

from gongzhi.rules.columns.reading import (
    ColumnWords,
    FactRule,
    FieldRule,
    load_fact_rules,
    load_words,
)

__all__ = ["ColumnWords", "FactRule", "FieldRule", "load_fact_rules", "load_words"]
