"""Rule packs: the rules of a place, dated and cited, one folder each; PACKS is the list."""

from gongzhi.rules.packs.guessing import Guess, guess_pack
from gongzhi.rules.packs.loading import PACKS, load_pack, load_packs

__all__ = ["PACKS", "Guess", "guess_pack", "load_pack", "load_packs"]
