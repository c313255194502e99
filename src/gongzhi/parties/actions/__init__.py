"""What is done with parties, their people and their rules; one file a subject."""
