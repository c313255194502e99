"""The command line: files.py needs no Django, site.py does."""
