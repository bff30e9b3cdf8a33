"""What a page has worked out, kept until something has changed: counts change when a run ends, and no sooner."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from silkwire.web.reader import Reader

_MOST = 128  # of each reader: a page with other filters is another one

Found = TypeVar("Found")

_lock = Lock()
_kept: WeakKeyDictionary[Reader, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def kept(reader: Reader, key: Hashable, make: Callable[[], Found]) -> Found:
    """Return what `make` made for this key before, or make it. The key names what it is and what it depends on.

    Two visitors at once may both make it; errors are those of `make` and nothing is kept then.
    """
    with _lock:
        shelf = _kept.setdefault(reader, OrderedDict())
        if key in shelf:
            shelf.move_to_end(key)
            found: Found = shelf[key]
            return found
    made = make()
    with _lock:
        shelf[key] = made
        while len(shelf) > _MOST:
            shelf.popitem(last=False)
    return made
