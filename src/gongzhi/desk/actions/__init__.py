"""What is done at the desk; one file a subject."""
