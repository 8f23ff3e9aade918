"""第10条: the pages that publish the policy. They use neither session nor database."""
