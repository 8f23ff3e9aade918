"""What other apps may use of 第6条: `envelopes`, `lookups`, `keys`, `audit`, `addresses`, `rates` and `staff`."""
