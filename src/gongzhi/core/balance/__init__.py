"""The balance of interests: what many want, weighed, voted, bargained and compensated."""
