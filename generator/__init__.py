"""Anjoman: a static site generator for community forums and blogs."""

__version__ = "0.1.0"
