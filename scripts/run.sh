#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then starts it with the given arguments:
#   scripts/run.sh                       the workbench on the bundled image and model
#   scripts/run.sh photo.jpg             the workbench on your image
#   scripts/run.sh inspect photo.jpg     classes and layers on the command line; scripts/run.sh --help lists the rest
# Where there is no display, tessera says so and writes the overview of the image as a picture instead.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

program=$build/src/app/tessera

# What can be said before there is a program that says it: README.md has the list of commands.
help_without_program() {
  usage
  printf '\nCommands:\n'
  sed -n '/^| command | does |$/,/^$/p' "$root/README.md" | sed '1,2d;/^$/d
    s/(\[[^]]*\]([^)]*))//g; s/`//g; s/\\|/\x1/g; s/ ;/;/g; s/  */ /g; s/^| *\([^|]*[^ |]\) *| *\(.*[^ ]\) *|$/  \1\n      \2/; s/\x1/|/g'
  printf '\nThe program is not built yet. Once it is, by any other call of this script, --help explains its options as well.\n'
}

# Help costs no build.
if [[ ! -x $program ]]; then
  if asks_for_help "$@"; then
    help_without_program
    exit
  elif among --version "$@"; then
    printf '%s, not built yet\n' "$(sed -n 's/^project(tessera VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")"
    exit
  fi
elif asks_for_help "$@" || among --version "$@"; then
  if asks_for_help "${1:-}"; then
    usage
    printf '\n'
  fi
  exec "$program" "$@"
fi

set_up program
build tessera
exec "$program" "$@"
