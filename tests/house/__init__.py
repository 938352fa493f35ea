"""The laws of the house, kept by machine; each is also shown to bite."""
