"""What a result asks a unit to put right: planned, reported with evidence, checked, passed."""
