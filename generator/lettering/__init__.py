"""Words in pictures: which fonts there are, how a text is set in lines, and the drawing itself."""
