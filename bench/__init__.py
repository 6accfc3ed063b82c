"""`make bench`: speed and memory, each beside the plain alternative, in one run."""
