"""The stages of a build: scan, read, plan, render, write, and the pool of workers that does them."""
