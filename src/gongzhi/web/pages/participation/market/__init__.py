"""Costs and the market: what is asked of firms, ranges, opinions in their own name."""
