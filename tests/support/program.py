"""Running a module of `tests` as a program of its own."""

import sys

# Some installed package brings a top-level `tests` with it, which would win over our folder without `__init__.py`.
_START = (
    "import runpy, sys, types; ours = types.ModuleType('tests'); ours.__path__ = ['tests']; "
    "sys.modules['tests'] = ours; "
    "module = sys.argv[1]; del sys.argv[1]; runpy.run_module(module, run_name='__main__', alter_sys=True)"
)


def program(module: str, *arguments: str) -> tuple[str, ...]:
    """The command line of `module`, to be run in the project's root."""
    return sys.executable, "-c", _START, module, *arguments
