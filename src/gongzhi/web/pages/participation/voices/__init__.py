"""Needs, proposals and suggestions as pages: written, answered, followed to the figure."""
