"""Pure rules of 第6条: formats of sealed data, the keyring, lookups, rates, what an audit entry may say."""
