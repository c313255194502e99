"""Rules of balancing interests: votes, groups of opinion, negotiation; dated and cited."""
