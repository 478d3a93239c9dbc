"""Has every source file of a configured tree checked by itself: writes a Ninja file that does, beside the tree's own.

    python3 check_files.py TREE [FOLDER…]

Of the given folders of the checkout alone, where there are any. Prints the precompiled headers that have to be built in the tree
before.
"""

import json
import shlex
import sys
from pathlib import Path

HEAD = """rule check
  command = cd $folder && $compiler -fsyntax-only -MD -MF $out.d -MT $out && touch $out
  description = $source
  depfile = $out.d
  deps = gcc
"""


def escaped(text: str) -> str:
    """As Ninja wants it."""
    return text.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def relative(output: str, tree: Path) -> Path:
    """An object file's place in the tree."""
    return (tree / output).relative_to(tree)


def home_of(tree: Path) -> Path:
    """The checkout that a tree was configured for."""
    cache = (tree / "CMakeCache.txt").read_text()
    return Path(next(line for line in cache.splitlines() if line.startswith("CMAKE_HOME_DIRECTORY:")).split("=", 1)[1])


def target_of(output: str) -> str:
    """The folder of the target that an object file belongs to."""
    return output.split(".dir/")[0]


def compiler_of(entry: dict[str, str]) -> list[str]:
    """The words of its command, without the compiler cache before it and the object file that it writes."""
    words = shlex.split(entry["command"])
    if "env" in words or Path(words[0]).name in ("ccache", "sccache"):
        flag = next(i for i, word in enumerate(words) if word.startswith("-") and word not in ("-E",))
        words = words[flag - 1 :]
    output = words.index("-o")
    return words[:output] + words[output + 2 :]


def main() -> None:
    """Files of Tessera's own: neither fetched libraries nor what CMake wrote into the tree."""
    tree = Path(sys.argv[1]).resolve()
    entries = json.loads((tree / "compile_commands.json").read_text())
    headers = sorted({entry["output"] for entry in entries if Path(entry["file"]).name.startswith("cmake_pch.")})
    if folders := [home_of(tree) / folder for folder in sys.argv[2:]]:
        entries = [entry for entry in entries if any(folder in Path(entry["file"]).parents for folder in folders)]
        targets = {target_of(entry["output"]) for entry in entries}
        headers = [header for header in headers if target_of(header) in targets]
    lines = [HEAD]
    for entry in entries:
        source = Path(entry["file"])
        if source.name.startswith("unity_"):
            sys.exit(f"{tree} is a unity build: nothing can be learnt from it about single files.")
        if tree in source.parents or source.suffix != ".cpp":
            continue
        checked = tree / "checked" / f"{relative(entry['output'], tree)}.checked"
        checked.parent.mkdir(parents=True, exist_ok=True)
        words = compiler_of(entry)
        lines += [
            f"build {escaped(str(checked))}: check {escaped(str(source))}",
            f"  folder = {escaped(entry['directory'])}",
            f"  compiler = {shlex.join(words).replace('$', '$$')}",
            f"  source = {source.name}",
        ]
    (tree / "checked" / "build.ninja").write_text("\n".join(lines) + "\n")
    print(*(relative(header, tree) for header in headers), sep="\n")


if __name__ == "__main__":
    main()
