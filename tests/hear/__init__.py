"""What reaches Lindner & Co."""
