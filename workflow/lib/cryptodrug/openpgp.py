"""Public keys that people publish on pages: only the fingerprint is kept."""

import binascii
import re
from base64 import b64decode

_ARMOUR = re.compile(
    r"-----\s*BEGIN PGP PUBLIC KEY BLOCK\s*-----(.*?)(?:-----\s*END PGP PUBLIC KEY BLOCK|\Z)", re.DOTALL
)
_LINE = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")  # a line of the key is longer than any word of its head
_REST = re.compile(r"[A-Za-z0-9+/]+={0,2}")


def _data(armour: str) -> bytes:
    """The bytes of a key, without the head of its armour (`Version: ...`) and the check sum at its end."""
    words = armour.split()
    first = next((place for place, word in enumerate(words) if _LINE.fullmatch(word)), len(words))
    lines = []
    for word in words[first:]:
        if not _REST.fullmatch(word):
            break
        lines.append(word)
    return b64decode("".join(lines))


def fingerprint(text: str) -> str | None:
    """Fingerprint of the first public key in a text, in upper-case hex digits; no key, or a broken one: None.

    The armour is read as pages show it: line breaks may have become blanks. Read with Sequoia (pysequoia), whatever
    the age of the key: whether one would still trust it is not asked.
    """
    block = _ARMOUR.search(text)
    if block is None:
        return None
    from pysequoia import Cert

    try:
        return Cert.split_bytes(_data(block.group(1)))[0].fingerprint.upper()
    except (binascii.Error, IndexError, RuntimeError, ValueError):
        return None
    except BaseException as error:
        # a fault inside the library arrives as a class that is none of Exception's
        if type(error).__name__ == "PanicException":
            return None
        raise
