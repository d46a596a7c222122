"""Checks a built site: what is in the output folder, as a visitor's browser will meet it."""

from generator.check.links import check_links, check_output
from generator.check.references import references

__all__ = ["check_links", "check_output", "references"]
