"""2-1: what happens to a consultation: `submission` stores it, `mail` acknowledges it, `reading` opens it for staff."""
