"""How an evaluation runs: its stages, who may be asked, by which draw, what is checked again."""
