"""One target under atheris, in a process of its own: `Fuzz` never returns.

python -m fuzz.child TARGET [libFuzzer's options and folders]

Functions are instrumented one by one, once all is imported: of imports atheris can tell whole packages alone, and to instrument all
of the program takes twenty seconds and half of the executions.
"""

from __future__ import annotations

import sys

import atheris
from fuzz.reach import functions, reach
from fuzz.targets import TARGETS

if __name__ == "__main__":
    name, *options = sys.argv[1:]
    for function in functions(reach(name)):
        atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], *options], TARGETS[name].check)
    atheris.Fuzz()
