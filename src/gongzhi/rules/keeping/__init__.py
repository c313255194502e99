"""How long things are kept at least (keeping.toml), and its reader."""

from gongzhi.rules.keeping.reading import Keeping, kept_since, load_keeping

__all__ = ["Keeping", "kept_since", "load_keeping"]
