"""A witness of logs: a program of its own, with its own key and store, on its party's machine."""
