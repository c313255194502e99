"""Answers of figures: how each came about, of which rows and papers, by whom, and its seal."""
