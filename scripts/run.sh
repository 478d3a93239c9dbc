#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then starts it with the given arguments:
#   scripts/run.sh                       the workbench on the bundled image and model
#   scripts/run.sh photo.jpg             the workbench on your image
#   scripts/run.sh inspect photo.jpg     classes and layers on the command line; scripts/run.sh --help lists the rest
# Where there is no display, tessera says so and writes the overview of the image as a picture instead.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

set_up
build tessera
exec "$build/src/app/tessera" "$@"
