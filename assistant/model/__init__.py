"""Local models through llama.cpp. OpenMP must idle quietly, and that is read once, when llama.cpp is first loaded."""

import os

# Measured on busy cores: spinning OpenMP threads cut decoding from 76 to 6 tokens a second.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
