"""Rules of taking part: surveys and their questions, and what other ways need; dated and cited."""
