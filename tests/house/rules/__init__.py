"""What each law forbids, as functions from source to a list of complaints."""
