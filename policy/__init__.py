"""第3条・第10条: editions of the policy, the facts they promise, and the pages that publish them."""
