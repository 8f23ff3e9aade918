"""第9条: what staff type about keeping and erasing, its shape and its messages. Nothing is stored here."""
