#!/usr/bin/env bash
# Checks that every source file compiles by itself, so that none leans on its neighbours in a unity build: syntax only, benchmarks
# included, in a build folder of its own. The first time takes long; files that have not changed since they passed are not looked
# at again.
#   scripts/check_files.sh           everything
#   scripts/check_files.sh src/ui …  some folders
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if asks_for_help "$@"; then
  usage
  exit
fi

use_preset check
ensure_packages tests
mkdir -p "$build"
if [[ ! -f $build/build.ninja ]]; then
  ensure_cmake
  say "Configuring Tessera, file by file, in build/$preset"
  cmake -S "$root" --preset dev -B "$build" -DTESSERA_PYTHON="$(command -v python3)" -DTESSERA_TESTS=ON \
    -DTESSERA_BENCH=ON >&2 || stop "Tessera could not be configured: the message above says why."
fi
# Brings the tree up to date with the CMake files first.
"$(ninja_of "$build")" -C "$build" build.ninja >/dev/null || stop "Tessera could not be configured again."
headers=$(python3 "$root/scripts/check_files.py" "$build" "$@")
# shellcheck disable=SC2086  # a list of words
build $headers tessera_commit  # and the header that the build writes
python3 "$root/scripts/build_progress.py" "Tessera file by file" "$(ninja_of "$build")" -C "$build/checked" ||
  stop "A file does not compile by itself: the message above says which and why."
