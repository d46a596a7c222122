"""Markup: from an entry's text to safe HTML, and nothing that depends on another document."""
