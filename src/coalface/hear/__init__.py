"""What reaches us unasked or by survey."""
