"""One's own account: password, second factors, contacts, sessions. The framework's, no deeds."""
