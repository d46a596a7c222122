"""Themes: found with all they inherit, their assets made, their templates compiled, and what templates can call."""
