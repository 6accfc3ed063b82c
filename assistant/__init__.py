"""The assistant. What numpy reads when it is first loaded is set here, before anything can load it."""

import os

# Measured: a second BLAS thread makes no message faster, and waiting for work it burnt 20 ms of a core each turn.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
