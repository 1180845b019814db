"""The command line `cryptodrug`. Each group of commands lives with its concept and registers itself here."""

import argparse
import importlib
import sys

from cryptodrug.errors import StudyError

# module with `register(subparsers)` -> imported only when its command is asked for
GROUPS = {
    "trace": ("cryptodrug.provenance.commands", "print the chain of a file or value down to the archives"),
    "market": ("cryptodrug.markets.commands", "draft, check and preview a market file, read pages with it"),
    "translations": ("cryptodrug.words.commands", "update, check and compare the catalogues"),
    "release": ("cryptodrug.disclosure.commands", "audit what is published"),
    "database": ("cryptodrug.database.commands", "describe the tables"),
    "interviews": ("cryptodrug.interviews.commands", "look into a project of a coding program"),
    "profiles": ("cryptodrug.profiles.commands", "coding sheets of vendor profiles, and agreement of coders"),
    "demo": ("cryptodrug.simulate.commands", "the simulated study"),
    "plan": ("cryptodrug.planning.commands", "how wide the intervals of a planned study would be"),
    "survey": ("cryptodrug.survey.commands", "draft and check the map of a survey export"),
    "settings": ("cryptodrug.settings.commands", "check a configuration, renew its documentation"),
}


def overview() -> str:
    """The groups of commands, one a line."""
    lines = [f"  {name:<14}{about}" for name, (_, about) in sorted(GROUPS.items())]
    return "usage: cryptodrug COMMAND ...\n\n" + "\n".join(lines) + "\n\n`cryptodrug COMMAND --help` says more."


def main(arguments: list[str] | None = None) -> int:
    """Run a command; exit status 2 for an error that the user can mend."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] in ("-h", "--help") or arguments[0] not in GROUPS:
        print(overview(), file=sys.stdout if arguments[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    parser = argparse.ArgumentParser(prog="cryptodrug")
    subparsers = parser.add_subparsers(dest="command", required=True)
    importlib.import_module(GROUPS[arguments[0]][0]).register(subparsers)
    options = parser.parse_args(arguments)
    try:
        return options.run(options) or 0
    except StudyError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
