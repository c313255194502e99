"""What units are told of results and have to put right: letters, lists, one by one."""
