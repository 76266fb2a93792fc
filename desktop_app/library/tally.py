"""How far an import has come: what was said so far, and how fast it goes."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

from desktop_app.library.outcomes import OutcomeKind, Progress

RATE_OVER_S = 5.0


@dataclass(slots=True)
class Tally:
    """Counts outcomes, and tells the rate over the last seconds."""

    in_trash: int = 0
    hidden: int = 0
    kinds: dict[OutcomeKind, int] = field(default_factory=lambda: dict.fromkeys(OutcomeKind, 0))
    marks: deque[tuple[float, int]] = field(default_factory=deque)

    def progress(self, *, found: int, counting: bool) -> Progress:
        """How far it has come. found: files seen so far; counting: whether there may be more."""
        now = time.monotonic()
        done = sum(self.kinds.values())
        self.marks.append((now, done))
        while len(self.marks) > 2 and now - self.marks[1][0] >= RATE_OVER_S:
            self.marks.popleft()
        since, before = self.marks[0]
        rate = (done - before) / (now - since) if now > since else 0.0
        return Progress(
            done=done,
            found=max(found, done),
            counting=counting,
            imported=self.kinds[OutcomeKind.IMPORTED],
            known=self.kinds[OutcomeKind.KNOWN],
            warnings=self.kinds[OutcomeKind.WARNING],
            refused=self.kinds[OutcomeKind.REFUSED],
            rate=rate,
            left_s=None if counting or rate <= 0 else max(found - done, 0) / rate,
            in_trash=self.in_trash,
            hidden=self.hidden,
        )
