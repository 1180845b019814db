"""What kind of container some bytes are: told by their first bytes, and by the name where these are damaged."""

HEAD = 512  # bytes that are enough to tell

PACKINGS = {"gzip": b"\x1f\x8b", "xz": b"\xfd7zXZ\x00", "bzip2": b"BZh", "zstd": b"\x28\xb5\x2f\xfd"}
_CONTAINERS = {
    "zip": (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "warc": (b"WARC/", b"filedesc://"),
    "mhtml": (b"From: <Saved by ", b'From: "Saved by '),
    "rar": (b"Rar!\x1a\x07",),
}
_BEGIN_OF = {start: kind for kind, starts in _CONTAINERS.items() for start in starts}
_BEGIN_OF |= {start: kind for kind, start in PACKINGS.items()}
BEGINS = tuple(_BEGIN_OF)
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # what follows `BZh` and a digit

_BY_NAME = {
    ".tar": "tar",
    ".zip": "zip",
    ".wacz": "zip",
    ".7z": "7z",
    ".warc": "warc",
    ".arc": "warc",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".rar": "rar",
    ".gz": "gzip",
    ".tgz": "gzip",
    ".xz": "xz",
    ".txz": "xz",
    ".bz2": "bzip2",
    ".tbz2": "bzip2",
    ".zst": "zstd",
    ".tzst": "zstd",
}
_TAR_IN_ONE = (".tgz", ".txz", ".tbz2", ".tzst")
PACKED_NAMES = (".gz", ".xz", ".bz2", ".zst")


def kind_of(head: bytes) -> str | None:
    """The kind of container that begins with these bytes; None for a page."""
    if head[257:262] == b"ustar":
        return "tar"
    if not head.startswith(BEGINS):
        return None
    kind = next(kind for start, kind in _BEGIN_OF.items() if head.startswith(start))
    return None if kind == "bzip2" and not head[4:].startswith(_BZIP2_BLOCKS) else kind


def kind_by_name(name: str) -> str | None:
    """The kind that the name of a file promises: what has lost its first bytes is a damaged archive, not a page."""
    return next((kind for end, kind in _BY_NAME.items() if name.lower().endswith(end)), None)


def unpacked_name(name: str) -> str:
    """The name of a file without the end that says how it is packed."""
    low = name.lower()
    if low.endswith(_TAR_IN_ONE):
        return name[: name.rindex(".")] + ".tar"
    return name[: name.rindex(".")] if low.endswith(PACKED_NAMES) else name
