"""Names for records that leave the database for the team's own work: without the key nobody can go back."""

import hmac
import os
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.provenance.records import PROJECT

KEY_FILE = "CRYPTODRUG_KEY_FILE"
SHORTEST = 32  # bytes of a key
LENGTH = 16  # hexadecimal digits of a pseudonym


def read_key() -> bytes:
    """The key of the team, from the file that `$CRYPTODRUG_KEY_FILE` names.

    Raises
    ------
    InputError : the variable is not set, the file is absent, inside the repository, or too short.
    """

    def refuse(what: str) -> InputError:
        return InputError(
            what,
            where=f"${KEY_FILE}",
            not_done="no pseudonym was made, nothing was written",
            do="keep a file with 32 or more random bytes outside the repository, and name it there",
        )

    name = os.environ.get(KEY_FILE, "")
    path = Path(name).resolve()
    if not name or not path.is_file():
        raise refuse("there is no key file")
    if path.is_relative_to(PROJECT):
        raise refuse("the key lies inside the repository")
    key = path.read_bytes().strip()
    if len(key) < SHORTEST:
        raise refuse(f"the key is shorter than {SHORTEST} bytes")
    return key


def pseudonym(key: bytes, name: str) -> str:
    """HMAC-SHA256 of a name (RFC 2104), cut to sixteen hexadecimal digits."""
    return hmac.new(key, name.encode(), "sha256").hexdigest()[:LENGTH]
