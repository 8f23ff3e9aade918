"""Staff's admin: what composes the apps there — the site with its home, and the audit in words."""
