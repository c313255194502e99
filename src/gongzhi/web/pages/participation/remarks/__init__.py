"""Remarks: where a matter belongs, writing with or without a name, the talk, what came of them."""
