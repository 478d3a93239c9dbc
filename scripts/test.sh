#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then runs every test, on all cores. Arguments go to ctest:
#   scripts/test.sh                 everything
#   scripts/test.sh -L engine       the tests of one module; -R NAME those whose name matches; ctest --help lists the rest
# Tests that need what this machine lacks are shown as skipped.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if asks_for_help "$@"; then
  usage
  exit
fi

set_up tests
build all
ctest --test-dir "$build" --output-on-failure --parallel "$(getconf _NPROCESSORS_ONLN)" "$@"
