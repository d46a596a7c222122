"""What is known: all sources read, what follows from them, and which page read what."""
