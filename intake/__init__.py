"""2-1: the free-consultation hearing form and staff's view of what came in."""
