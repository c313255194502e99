"""Evaluation reports: drafted from the data, written in chapter by chapter, signed, taken away."""
