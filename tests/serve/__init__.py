"""Tests of the dev server."""
