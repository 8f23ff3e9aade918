"""2-1: the free-text screen, a file a rule; `texts/` is our own sample, `sample.py` reads and scores it."""
