"""Why a member of an archive is no page, and is not read."""

LINK = "link or special file"
OUTSIDE = "path leads out of the archive"
TOO_LARGE = "larger than any page"
ENCRYPTED = "encrypted"
UNKNOWN_PACKING = "packed in an unknown way"
NO_TEXT = "picture, sound, font, style or script"
OF_SYSTEM = "left by an operating system"
TOO_DEEP = "archive inside too many archives"
UNKNOWN_KIND = "archive of a kind that is not read"
OF_WACZ = "index of a WACZ"

# first bytes of what no page begins with
_NO_TEXT = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"RIFF",
    b"\x00\x00\x01\x00",
    b"wOFF",
    b"wOF2",
    b"\x00\x01\x00\x00",
    b"OTTO",
    b"OggS",
    b"ID3",
    b"%PDF-",
)
_NO_TEXT_NAMES = (".css", ".js", ".mjs", ".svg", ".ico", ".woff", ".eot")
_SYSTEM_NAMES = (".DS_Store", "Thumbs.db", "desktop.ini")


def name_refusal(name: str) -> str | None:
    """Why a member of this name is not read. Paths never reach the disk; one that leads out is a sign of an attack."""
    if name.startswith("/") or ".." in name:
        parts = name.split("/")
        if ".." in parts or name.startswith("/"):
            return OUTSIDE
    if "\\" in name and (".." in name.split("\\") or name.startswith("\\") or name[1:3] == ":\\"):
        return OUTSIDE
    last = name.rpartition("/")[2]
    return OF_SYSTEM if last.startswith("._") or last in _SYSTEM_NAMES or name.startswith("__MACOSX/") else None


def content_refusal(name: str, data: bytes) -> str | None:
    """Why bytes are no page: a picture or font by its first bytes, a style or script by its name."""
    if data.startswith(_NO_TEXT):
        return NO_TEXT
    if name.endswith(_NO_TEXT_NAMES) and not data[:64].lstrip().startswith((b"<!", b"<h", b"<H")):
        return NO_TEXT
    return None
