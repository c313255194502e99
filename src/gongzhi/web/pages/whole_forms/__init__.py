"""What units state of their whole spending: an editor that begins with the facts, forms, papers."""
