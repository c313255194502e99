"""`gongzhi NAME …`: file commands start without Django, site commands with it."""

import sys
from importlib import import_module

READING = ("--check", "--template")  # what makes of an import one that writes nothing
INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main() -> int:
    """Choose the family of commands by name and hand over."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    writes = name == "import" and not {*READING} & {*sys.argv}
    try:
        room = import_module("gongzhi.cli.files")
        if name not in room.COMMANDS or writes:
            room = import_module("gongzhi.cli.site")
        return int(room.main(sys.argv[1:]))
    except KeyboardInterrupt:  # while the program was still loading
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
