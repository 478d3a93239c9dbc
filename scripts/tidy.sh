#!/usr/bin/env bash
# Runs clang-tidy over the sources (.clang-tidy says which checks), in a build folder of its own:
#   scripts/tidy.sh                everything; some minutes
#   scripts/tidy.sh src/engine/    the files whose path matches this regular expression
# Not part of CI. CLANG_TIDY and RUN_CLANG_TIDY name the programs where they have other names.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

tidy=${CLANG_TIDY:-clang-tidy}
run_tidy=${RUN_CLANG_TIDY:-run-clang-tidy}
if asks_for_help "$@"; then
  usage
  exit
fi
[[ -n $(command -v "$tidy") && -n $(command -v "$run_tidy") ]] ||
  stop "$tidy and $run_tidy are needed: on Debian and Ubuntu the package clang-tidy, elsewhere the clang tools."

set_up tests
# Precompiled headers are GCC's, which clang cannot read.
cmake -S "$root" --preset dev -B "$root/build/tidy" -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >&2
"$run_tidy" -clang-tidy-binary "$tidy" -p "$root/build/tidy" -quiet "${1:-$root/(src|tests|bench)/}"
