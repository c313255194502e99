"""The log over plain bytes: tree, tiles, notes, checkpoints, policies, proofs.

Formats are those of C2SP (c2sp.org) and RFC 6962/9162; nothing here knows what is sealed.
"""
