"""Projects as citizens meet them: the list, and what is told of one."""
