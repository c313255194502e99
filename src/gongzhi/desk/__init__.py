"""App: what waits for whom, and links that expire."""
