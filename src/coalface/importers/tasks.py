"""What the worker does for files that were handed in: tries them out, takes them in, takes them back."""

from collections.abc import Callable
from contextlib import suppress

from django.utils import timezone

from .actions import Carrying, SomebodyElseCarries, give_up, try_out, undo
from .actions.carrying import forget_file_unless_refused
from .queries import half_undone, untried, waiting
from .reading import CannotRead


class Hand:
    """The file a worker has in hand: open between its rounds, so that no line is read twice."""

    def __init__(self) -> None:
        self._carrying: Carrying | None = None

    def go_on(self, *, stop: Callable[[], bool]) -> int:
        """Go on until there is nothing to do or it is time to stop; says how many steps that were."""
        if self._carrying is None and self._begin() is None:
            return self._something_else(stop)
        return self._carry(stop)

    def _begin(self) -> Carrying | None:
        run = waiting()
        if run:
            try:
                self._carrying = Carrying(run=run, now=timezone.now())
            except (CannotRead, OSError) as broken:
                give_up(run=run, code=getattr(broken, "code", "not_a_file"), by=run.by, now=timezone.now())
        return self._carrying

    def _carry(self, stop: Callable[[], bool]) -> int:
        steps, goes_on = 0, True
        try:
            with suppress(SomebodyElseCarries):
                while goes_on and not stop():
                    steps, goes_on = steps + 1, False
                    goes_on = self._carrying.go_on(now=timezone.now())
        finally:
            if not goes_on:
                self.let_go()  # after a failure the next round begins it anew, from the last line that is in
        return steps

    def let_go(self) -> None:
        """Close the file; whoever goes on with the run opens it again."""
        if self._carrying:
            self._carrying.close()
            run = self._carrying.run
            self._carrying = None
            if run.ended_at and not run.failure:
                forget_file_unless_refused(run=run)

    def _something_else(self, stop: Callable[[], bool]) -> int:
        now = timezone.now()
        if run := untried():
            with suppress(OSError):
                try_out(run=run, now=now)
            return 1
        if run := half_undone():
            undo(run=run, by=run.undone_by, now=now, stop=stop)
            return 1
        return 0
