"""The pages that only a demo has: its date, its cast, its stories, its tours."""
