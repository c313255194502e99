"""Signing in through an identity provider by OpenID Connect: this site is the relying party."""
