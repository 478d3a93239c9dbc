#!/usr/bin/env bash
# Sets up and builds Tessera where needed, then packs it into build/packages and prints the files' names:
#   scripts/package.sh          a .deb where this is Debian or one of its kin, and a .tar.xz
#   scripts/package.sh TXZ      one of them: DEB or TXZ
# docs/installing.md says what is in them.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if asks_for_help "$@"; then
  usage
  exit
fi

kinds=("$@")
if [[ ${#kinds[@]} == 0 ]]; then
  kinds=(TXZ)
  if command -v dpkg >/dev/null; then
    kinds=(DEB TXZ)
  fi
fi

set_up packages
build tessera
packages=$root/build/packages
mkdir -p "$packages"
for kind in "${kinds[@]}"; do
  say "Packing Tessera as $kind: a minute or two"
  cpack --config "$build/CPackConfig.cmake" -G "$kind" -B "$packages" >"$packages/$kind.log" 2>&1 ||
    stop "Tessera could not be packed as $kind:
$(tail -n 20 "$packages/$kind.log")"
  sed -n 's/^CPack: - package: \(.*\) generated\.$/\1/p' "$packages/$kind.log"
  rm -r "$packages/_CPack_Packages"  # a gigabyte of copies
done
