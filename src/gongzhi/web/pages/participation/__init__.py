"""Participation: what is open now, processes with their phases, who is affected, what became."""
