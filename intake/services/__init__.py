"""2-1: what happens to a consultation: `submission` creates it, `reading` opens it for staff."""
