"""A page as an archive holds it."""

import re
from urllib.parse import urlsplit

# names of hidden services: 16 characters (before 2021) or 56, base 32; they are never kept
_HIDDEN_SERVICE = re.compile(r"(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion", re.IGNORECASE)
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)([a-z]+://[^/\s]+)(/\S*)? -->")
_SAVED_HEAD = 1024


class Page(tuple[str, bytes]):
    """A pair: path of the page, bytes to read. What only some archives know are attributes.

    Attributes
    ----------
    place : where the page stands in the archive; differs from the path inside nested archives and for second captures.
    status : HTTP status with which the page was served, where the archive says so.
    charset : the encoding that the server named, as Python names it; None where it named none that is known.
    captured_at : when the page was fetched, UTC as `2019-01-31T12:00:00Z`.
    again : the archive holds another capture of the page in front of this one.
    cut : only the part in front of a damage is there.
    received : the bytes as the archive holds them, where they differ from those to read.
    """

    place: str
    status: int | None = None
    charset: str | None = None
    captured_at: str | None = None
    again: bool = False
    cut: bool = False
    received: bytes | None = None

    def __new__(cls, path: str, data: bytes, place: str | None = None, **facts: str | int | bytes | None) -> "Page":
        """A page with those facts that its archive knows."""
        page = super().__new__(cls, (path, data))
        page.place = path if place is None else place
        if facts:
            page.__dict__.update(facts)
        return page


def without_host(path: str) -> str:
    """A path in which the name of each hidden service is the word `onion`."""
    return _HIDDEN_SERVICE.sub("onion", path) if ".onion" in path.lower() else path


def path_of(uri: str) -> str:
    """Path and query of an address, without the host."""
    try:
        parts = urlsplit(uri)
    except ValueError:  # brackets that are no address
        return "/"
    return without_host((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def as_served(data: bytes) -> tuple[str, bytes] | None:
    """Path and bytes of a page before a browser saved it; None for a page that none has saved.

    A browser that saves a page writes the address into it and turns links within the site (`/cat/1`) into whole
    addresses; market files know pages as they were served.
    """
    if b"saved from url=" not in data[:_SAVED_HEAD]:
        return None
    found = _SAVED_FROM.search(data[:_SAVED_HEAD])
    if found is None:
        return None
    site, rest = found.groups()
    uri = (site + (rest or b"")).decode("utf-8", "replace")
    return path_of(uri), data.replace(site + b"/", b"/")
