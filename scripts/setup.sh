# shellcheck shell=bash
# Sourced by the other scripts: installs what is missing, gets LibTorch, configures and builds. All of it talks on standard
# error, so that standard output stays the program's own.
#
# Settings, as environment variables:
#   TESSERA_PRESET            which CMake preset to build: release (the default), dev, ci …, each in build/PRESET
#   TESSERA_SKIP_PACKAGES     set to 1 when the libraries come from somewhere else than the system's package manager
#   Torch_DIR                 a LibTorch to use: the folder that holds its TorchConfig.cmake
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
use_preset() {
  preset=$1
  build=$root/build/$preset
}
use_preset "${TESSERA_PRESET:-release}"
tools=$root/build/tools
PATH=$tools/cmake/data/bin:$tools/bin:$PATH  # where ensure_cmake puts what the system lacks

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "$*"
  exit 1
}

# The comment that opens a script, and the settings above: the help text of both.
usage() {
  sed -n '2,${/^#/!q;s/^# \{0,1\}//p}' "$0"
  printf '\n'
  sed -n '/^# Settings/,${/^#/!q;s/^# \{0,1\}//p}' "$root/scripts/setup.sh"
}

# True when one of the arguments is the first, as in: among --help "$@".
among() {
  local wanted=$1 argument
  shift
  for argument in "$@"; do
    [[ $argument == "$wanted" ]] && return
  done
  return 1
}

asks_for_help() { among --help "$@" || among -h "$@"; }

# shellcheck source=packages.sh
source "$root/scripts/packages.sh"

# True when version $1 is at least $2.
at_least() { printf '%s\n%s\n' "$2" "$1" | sort -C -V; }

# CMake 3.24 and Ninja: from the system where they are recent enough, else from PyPI, into the build folder.
ensure_cmake() {
  local version
  version=$(cmake --version 2>/dev/null | sed -n '1s/[^0-9]*//p' || true)
  if [[ -n $version ]] && at_least "$version" 3.24 && command -v ninja >/dev/null; then
    return
  fi
  say "CMake here is ${version:-missing}, and Tessera needs 3.24: installing CMake and Ninja with pip into build/tools (about
30 MB to fetch)"
  rm -rf "$tools"
  python3 "$root/scripts/pip_progress.py" "CMake and Ninja" "$root/build/tools.fetching" python3 -m pip install \
    --disable-pip-version-check --target "$tools" cmake==3.31.6 ninja==1.11.1.4 >&2 ||
    stop "CMake 3.24 or newer and Ninja are needed and could not be installed with pip: install them, then try again."
}

configure() {
  ensure_cmake
  say "Configuring Tessera in build/$preset"
  (cd "$root" && cmake --preset "$preset" -DTESSERA_PYTHON="$(command -v python3)" "$@") >&2 ||
    stop "Tessera could not be configured: the message above says why."
}

# Installs, gets LibTorch and configures, each only where it has not been done before. $1: tests where tests will run, packages where
# packages are made, else program; without tests neither their libraries are needed nor their targets there. A tree that once has them keeps them.
set_up() {
  mkdir -p "$root/build" 2>/dev/null || true
  [[ -w $root/build ]] ||
    stop "$root/build cannot be written: Tessera builds inside its own folder. Clone it as the user who runs it."
  ensure_packages "$@"
  local tests=OFF
  if [[ ${1:-} == tests ]]; then
    tests=ON
  fi
  if [[ ! -f $build/build.ninja ]] || { [[ $tests == ON ]] && ! grep -qx 'TESSERA_TESTS:BOOL=ON' "$build/CMakeCache.txt"; }; then
    configure -DTESSERA_TESTS="$tests"
  fi
}

ninja_of() { sed -n 's/^CMAKE_MAKE_PROGRAM:[A-Z]*=//p' "$1/CMakeCache.txt"; }

# Builds the named targets of the configured tree. Asks Ninja first, so that a start with nothing to do is silent.
build() {
  local ninja
  ninja=$(ninja_of "$build")
  if "$ninja" -C "$build" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    return
  fi
  say "Building Tessera in build/$preset"
  python3 "$root/scripts/build_progress.py" Tessera "$ninja" -C "$build" "$@" ||
    stop "Tessera could not be built: the message above says why."
}
