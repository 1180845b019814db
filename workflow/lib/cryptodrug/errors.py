"""Errors that a person can act on.

Each says what happened, where, what was not done because of it, and what to do. Scripts print the
message and exit with 2; any other exception is a bug of ours and shows its traceback.
"""


class StudyError(Exception):
    """An error in what the study was given, not in the code that reads it.

    Parameters
    ----------
    what : what happened, in one sentence.
    where : file, page, row, variable or configuration path.
    not_done : what was therefore not made or changed.
    do : what the reader can do about it.
    """

    name = "study error"

    def __init__(self, what: str, *, where: str, not_done: str, do: str) -> None:
        self.what, self.where, self.not_done, self.do = what, where, not_done, do
        super().__init__(self.render())

    def render(self) -> str:
        """The whole message as it is printed."""
        return f"{self.name}: {self.what}\n  where:    {self.where}\n  not done: {self.not_done}\n  to do:    {self.do}"


class InputError(StudyError):
    """An archive, page, survey file or table is not as promised."""

    name = "input error"


class SettingsError(StudyError):
    """The configuration of the study is wrong."""

    name = "settings error"


class AdapterError(StudyError):
    """A market file (how to read the pages of a market) is wrong."""

    name = "market file error"


class CorrectionError(StudyError):
    """A hand correction no longer applies to the data."""

    name = "correction error"


class DisclosureError(StudyError):
    """Something would be published that the disclosure rules forbid."""

    name = "disclosure error"


class TranslationError(StudyError):
    """A message is missing, fuzzy or contradicts its source."""

    name = "translation error"


class ProvenanceError(StudyError):
    """A record is missing or does not fit the file it speaks of."""

    name = "provenance error"
