"""The bench: whole builds of the same sites by Anjoman and its peers, and of sites of any size."""
