"""The network edge: what leaves the house and what comes in over a wire."""
