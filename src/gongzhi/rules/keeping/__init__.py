"""How long things are kept at least (keeping.toml), and its reader."""

from gongzhi.rules.keeping.reading import (
    Discarding,
    Keeping,
    kept_since,
    load_discarding,
    load_keeping,
)

__all__ = ["Discarding", "Keeping", "kept_since", "load_discarding", "load_keeping"]
