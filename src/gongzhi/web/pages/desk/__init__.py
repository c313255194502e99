"""The pages of the desk: what waits, tasks, notices, who opened what, whether a copy is sealed."""
