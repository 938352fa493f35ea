"""What programs write through the door, noun by noun."""
