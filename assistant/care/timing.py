"""When a chase pages whom. The only clinical figures are the institution's own, in `Site`."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.care.kinds import Target
from assistant.care.opening import due_in
from assistant.safety.verdict import Urgency
from assistant.settings import Site

# On-call is paged at once and again at two fifths of the time allowed; whoever supervises is paged when the time is
# up and then each time as long again. A project choice: it leaves the first nurse most of the time before the second.
_SECOND_PAGE_AT = 0.4


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds to wait after each page; the last one repeats. The first `on_call` pages go to on-call."""

    waits: tuple[float, ...]
    on_call: int = 2

    def wait_after(self, step: int) -> float:
        return self.waits[min(step, len(self.waits) - 1)]

    def target(self, step: int) -> Target:
        return "on_call" if step < self.on_call else "supervisor"


TimingFor = Callable[[Urgency], Timing]


def timing_for(site: Site) -> TimingFor:
    def of(urgency: Urgency) -> Timing:
        allowed = due_in(urgency, site).total_seconds()
        return Timing((allowed * _SECOND_PAGE_AT, allowed * (1 - _SECOND_PAGE_AT), allowed))

    return of
