"""One target under atheris, in a process of its own: `Fuzz` never returns.

python -m fuzz.child TARGET [libFuzzer's options and folders]
"""

from __future__ import annotations

import sys

import atheris
from fuzz.reach import reach

with atheris.instrument_imports(include=reach(sys.argv[1])):
    from fuzz.targets import TARGETS

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]].check)
    atheris.Fuzz()
