"""What a visitor sees: one module a feature, each a page kind with its context and its artifacts.

A feature imports `generator.api` only, and never another feature.
"""
