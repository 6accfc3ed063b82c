"""`assistant serve` with every attempt to leave the machine recorded and refused. Argument: the log."""

import sys
from pathlib import Path

from tests.support.netguard import record_outbound

if __name__ == "__main__":
    record_outbound(Path(sys.argv[1]))
    from assistant.settings import Settings
    from assistant.web.server import serve_forever

    serve_forever(Settings())
