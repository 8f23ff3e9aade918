"""第6条: envelopes (encryption), lookups and the audit. Lowest of the apps: everything else builds on it."""
