"""How days and times are written, where Django's own forms would differ from ours."""
