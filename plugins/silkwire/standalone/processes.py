"""Processes of an installation: started together, found again by their mark, stopped to the last one."""

import logging
import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

import psutil

from silkwire.standalone.installation import MARK

_LOG_BYTES = 5 * 2**20
_LOG_FILES = 3
_PATIENCE = 15.0  # seconds between asking a process to end and killing it


class LoggedProcess:
    """A child in a session of its own, whose output goes to a log file that can't grow without bound."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, home: Path) -> None:
        """Start `command` for the installation in `home` and write what it prints to `log`."""
        log.parent.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        since = psutil.Process(self._process.pid).create_time()
        _session_file(home).write_text(f"{self._process.pid} {since}", encoding="utf-8")
        threading.Thread(target=self._copy_output, args=(log,), daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process.poll() is None

    def _copy_output(self, log: Path) -> None:
        handler = RotatingFileHandler(log, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
        with closing(handler), self._process:
            for line in self._process.stdout or ():
                text = line.decode("utf-8", "replace").rstrip()
                handler.emit(logging.LogRecord("standalone", logging.INFO, "", 0, text, None, None))


def running_processes(home: Path) -> set[psutil.Process]:
    """Find every process of the installation in `home`: those of the session it started, marked ones, their children.

    Neither sign is enough alone: Airflow's processes rewrite their titles and with them the environment where the mark
    is, and a task may open a session of its own.
    """
    leader, since = _read_session(home)
    found: set[psutil.Process] = set()
    for process in psutil.process_iter():
        try:
            in_session = leader is not None and os.getsid(process.pid) == leader and process.create_time() >= since
            if in_session or process.environ().get(MARK) == str(home.resolve()):
                found |= {process, *process.children(recursive=True)}
        except (psutil.Error, OSError):
            continue  # it ended meanwhile, or belongs to somebody else
    return {process for process in found if process.pid != os.getpid()}


def stop_processes(home: Path) -> None:
    """Stop every process of the installation in `home` but PostgreSQL: asked first, killed after a while."""
    found = running_processes(home)
    for process in found:
        _signal(process, kill=False)
    psutil.wait_procs(found, timeout=_PATIENCE)
    rest = running_processes(home)
    for process in rest:
        _signal(process, kill=True)
    psutil.wait_procs(rest, timeout=5)
    _session_file(home).unlink(missing_ok=True)


def _session_file(home: Path) -> Path:
    return home / "session"


def _read_session(home: Path) -> tuple[int | None, float]:
    """Read which session the installation's processes belong to, and when it began; None where it is surely over.

    The times tell a session that got the same number later, after a reboot or from a kernel that has come round.
    """
    try:
        leader, since = _session_file(home).read_text(encoding="utf-8").split()
        begun = psutil.Process(int(leader)).create_time()
    except psutil.NoSuchProcess:
        begun = float(since)  # the leader was killed; the session lives as long as a member does
    except (OSError, ValueError):
        return None, 0.0
    if begun != float(since) or begun < psutil.boot_time():
        return None, 0.0
    return int(leader), begun


def _signal(process: psutil.Process, *, kill: bool) -> None:
    with suppress(psutil.Error):  # it ended by itself
        process.kill() if kill else process.terminate()
