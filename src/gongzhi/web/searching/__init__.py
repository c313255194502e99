"""One search for all kinds of things, each as far as the reader may read it.

`asked` reads the address, `tables` finds rows by an index, `texts` finds what stands in files;
`kinds` has one line for each kind of thing that is found.
"""
