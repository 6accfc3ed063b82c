"""Timing helpers: percentiles over single calls, memory of this process."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np


def rss_mb() -> float:
    """Resident memory of this process in MB (Linux)."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def each(call: Callable[[int], Awaitable[object]], times: int, warm: int = 3, pause: float = 0) -> list[float]:
    """Milliseconds of each of `times` calls, one after the other; the first `warm` are not counted.

    `pause`: seconds between one call's end and the next one's start.
    """
    for number in range(warm):
        await call(-1 - number)
    spent = []
    for number in range(times):
        started = perf_counter()
        await call(number)
        spent.append((perf_counter() - started) * 1000)
        await asyncio.sleep(pause)
    return spent


def percentile(spent: Sequence[float], share: float) -> float:
    return float(np.percentile(spent, share))


def row(name: str, spent: Sequence[float], target: str = "") -> str:
    """One line of the report: p50, p95, p99 and the slowest, in milliseconds."""
    p50, p95, p99 = (percentile(spent, share) for share in (50, 95, 99))
    return f"{name:<52} p50 {p50:8.2f}  p95 {p95:8.2f}  p99 {p99:8.2f}  max {max(spent):8.2f} ms   {target}"
