"""Signing in: password, second factor, showing it again, a forgotten password, the switch."""
