"""Why a member of an archive is not read."""

LARGEST_PAGE = 64 * 1024 * 1024

TOO_LARGE = "larger than any page"
UNKNOWN_PACKING = "packed in an unknown way"
NO_TEXT = "picture, sound, font, style or script"


def reason_to_refuse(name: str, regular: bool, size: int) -> str | None:
    """Why a member is not read, or None. Links could lead out of the archive; so could `..`."""
    if not regular:
        return "link or special file"
    if ".." in name.split("/") or name.startswith("/"):
        return "path leads out of the archive"
    if size > LARGEST_PAGE:
        return TOO_LARGE
    return None
