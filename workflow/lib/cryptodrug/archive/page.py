"""A page as an archive holds it."""

import re

# names of hidden services: 16 characters (before 2021) or 56, base 32; they are never kept
_HIDDEN_SERVICE = re.compile(r"(?:[a-z2-7]{56}|[a-z2-7]{16})\.onion", re.IGNORECASE)


class Page(tuple[str, bytes]):
    """A pair: path inside the archive, bytes of the page. What only some archives know are attributes.

    Attributes
    ----------
    status : HTTP status with which the page was served, where the archive says so.
    charset : the encoding that the server named, as Python names it; None where it named none that is known.
    captured_at : when the page was fetched, UTC as `2019-01-31T12:00:00Z`.
    """

    status: int | None = None
    charset: str | None = None
    captured_at: str | None = None

    def __new__(cls, path: str, data: bytes, **facts: str | int | None) -> "Page":
        """A page with those facts that its archive knows."""
        page = super().__new__(cls, (path, data))
        page.__dict__.update(facts)
        return page


def without_host(path: str) -> str:
    """A path in which the name of each hidden service is the word `onion`."""
    return _HIDDEN_SERVICE.sub("onion", path) if ".onion" in path.lower() else path
