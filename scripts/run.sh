#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then starts it with the given arguments:
#   scripts/run.sh                       the workbench on the bundled image and model
#   scripts/run.sh photo.jpg             the workbench on your image
#   scripts/run.sh inspect photo.jpg     classes and layers on the command line; scripts/run.sh --help lists the rest
# Without a display and without arguments it writes the overview as a picture instead.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

set_up
build tessera
tessera=$build/src/app/tessera

write_overview() {
  say "$1 Writing the overview picture instead."
  "$tessera" figure overview "$root/assets/images/chelsea.png" -o tessera_overview.png
  say "The overview is in $PWD/tessera_overview.png"
}

if [[ $# -gt 0 ]]; then
  exec "$tessera" "$@"
fi
if [[ $(uname) == Linux && -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
  write_overview "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."
  exit
fi
status=0
"$tessera" || status=$?
if [[ $status == 3 ]]; then
  write_overview "The display could not be opened."
  exit
fi
exit $status
