"""What the forum keeps."""
