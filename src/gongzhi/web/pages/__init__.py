"""The pages, one file each; views are thin: one call to a reading function or an action."""
