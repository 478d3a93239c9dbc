#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then runs every test. Arguments go to ctest:
#   scripts/test.sh                 everything
#   scripts/test.sh -L engine       the tests of one module; -R NAME those whose name matches
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

set_up tests
build all
ctest --test-dir "$build" --output-on-failure "$@"
