"""Panels by lot: the fairest lottery over panels that meet the quotas, and drawing from it.

The lottery is LEXIMIN: it gives the least likely volunteer the greatest chance that the quotas
allow, then the next, and so on (Flanigan, Gölz, Gupta, Hennig, Procaccia, “Fair algorithms for
selecting citizens' assemblies”, Nature 596, 2021). Who has the same features has the same chance,
so panels are counted by groups: how many of each group sit on them.
"""
