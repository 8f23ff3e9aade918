"""第9条: how long records are kept."""
