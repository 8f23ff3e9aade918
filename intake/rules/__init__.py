"""2-1: pure rules: what is typed and what it may be, what follows from days, and what may be told."""
