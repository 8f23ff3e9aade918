"""第9条: staff's forms about keeping and erasing. They check shape and words; nothing is written here."""
