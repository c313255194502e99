"""Bytes from outside made safe: type by content, archive checks, limited child process."""
