"""Panels by lot as pages: announced, volunteered for, drawn before everybody's eyes, answered."""
