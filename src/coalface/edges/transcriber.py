"""Sound into words: the operator's own program, started without a shell, and the sound deleted afterwards."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WAITING: Final = ".recording"
TAKEN: Final = ".taken"
SEEN_BY_THE_PROGRAM: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class NotTranscribed(Exception):
    """No words came of it: the program failed, took too long, or is not there."""


@dataclass(frozen=True, slots=True)
class Job:
    """One recording in work; its name says where the words belong."""

    recording: Path
    output: Path
    process: subprocess.Popen[bytes]
    until: float

    @property
    def name(self) -> str:
        """The name of the recording without its ending."""
        return self.recording.stem


def lay_down(sound: Iterable[bytes], folder: Path, name: str) -> None:
    """Keep a recording until the worker finds it; one that did not arrive whole is not kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    arriving = folder / f"{name}.arriving"
    try:
        with arriving.open("wb") as file:
            file.writelines(sound)
        arriving.rename(folder / f"{name}{WAITING}")
    finally:
        _delete(arriving)


def waiting(folder: Path) -> list[Path]:
    """Recordings nobody has begun with, in the order of their names."""
    return sorted(folder.glob(f"*{WAITING}")) if folder.is_dir() else []


def begin(recording: Path, *, command: str, seconds: float) -> Job | None:
    """Start the program with the sound as its input; None when another worker was quicker.

    Of our environment it sees nothing that could be a password.
    """
    taken, output = recording.with_suffix(TAKEN), recording.with_suffix(".words")
    try:
        recording.rename(taken)
    except FileNotFoundError:
        return None
    os.utime(taken)
    seen = {name: os.environ[name] for name in SEEN_BY_THE_PROGRAM if name in os.environ}
    try:
        with taken.open("rb") as sound, output.open("wb") as words:
            process = subprocess.Popen(
                shlex.split(command),
                stdin=sound,
                stdout=words,
                stderr=subprocess.DEVNULL,
                env=seen,
                start_new_session=True,
            )
    except (OSError, ValueError) as failure:
        _delete(taken, output)
        raise NotTranscribed(type(failure).__name__) from failure
    return Job(taken, output, process, time.monotonic() + seconds)


def is_done(job: Job) -> bool:
    """Whether it has ended; what takes too long is ended here."""
    if job.process.poll() is None and time.monotonic() > job.until:
        stop(job)
    return job.process.poll() is not None


def stop(job: Job) -> None:
    """End the program and whatever it started."""
    if job.process.poll() is None:
        os.killpg(job.process.pid, signal.SIGKILL)
        job.process.wait()


def put_back(job: Job) -> None:
    """Stop, and let the recording wait for the next worker."""
    stop(job)
    _delete(job.output)
    job.recording.rename(job.recording.with_suffix(WAITING))


def words_of(job: Job) -> bytes:
    """What the program wrote; the sound and the file it wrote to are deleted in every case."""
    try:
        if job.process.returncode:
            raise NotTranscribed(str(job.process.returncode))
        return job.output.read_bytes()
    finally:
        _delete(job.recording, job.output)


def left_behind(folder: Path, *, seconds: float) -> list[str]:
    """Delete what a killed worker left, long after its time; the names of those recordings."""
    old = time.time() - 2 * seconds
    lost = [path for path in sorted(folder.glob(f"*{TAKEN}")) if path.stat().st_mtime < old]
    for path in lost:
        _delete(path, path.with_suffix(".words"))
    return [path.stem for path in lost]


def _delete(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
