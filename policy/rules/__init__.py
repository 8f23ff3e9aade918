"""What an edition is and must be, as plain values: no Django, no clock, no files."""
