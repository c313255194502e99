"""The log's tables, and the rules by which they grow."""
