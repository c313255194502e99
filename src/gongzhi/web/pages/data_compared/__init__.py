"""How evenly money arrives and who does most with it: a table given by the reader, or examples."""
