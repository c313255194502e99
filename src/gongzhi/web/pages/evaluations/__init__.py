"""Evaluation by many: the list, an evaluation with its sheet, a project's panel."""
