"""Goods on paper: what went in and out, whose stock it is, what is missing, and what must have come unseen."""
