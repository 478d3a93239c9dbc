#!/usr/bin/env bash
# Installs the packages that scripts/package.sh made into clean systems, with nothing else in them, and uses the program
# there: version, classes, a figure, the window, the figure's type. The .deb goes into the release that this machine runs.
#   scripts/try_packages.sh                  both packages in this machine's own release
#   scripts/try_packages.sh debian/trixie ubuntu/noble     the .tar.xz in other releases
# Needs root, debootstrap (for Ubuntu also its keyring) and some gigabytes below build/. Not part of CI.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if asks_for_help "$@"; then
  usage
  exit
fi

[[ $(id -u) == 0 ]] && command -v debootstrap >/dev/null ||
  stop "Clean systems are made as root, with debootstrap: apt-get install debootstrap"
packages=$root/build/packages
# shellcheck disable=SC1091
own=$(source /etc/os-release && printf '%s/%s' "$ID" "$VERSION_CODENAME")

# A fresh copy of the smallest system of the release $1, in $system.
clean_system() {
  local base=$root/build/try/${1//\//-} mirror=${TESSERA_DEBIAN_MIRROR:-http://deb.debian.org/debian} recipe=sid
  system=$root/build/try/system
  if [[ $1 == ubuntu/* ]]; then
    mirror=${TESSERA_UBUNTU_MIRROR:-http://archive.ubuntu.com/ubuntu}
    recipe=gutsy
  fi
  if [[ ! -d $base ]]; then
    say "Making a clean $1"
    rm -rf "$base.partly"
    debootstrap --variant=minbase "${1#*/}" "$base.partly" "$mirror" "$recipe" >"$base.log" 2>&1 ||
      stop "There is no clean $1: $base.log says why."
    if [[ $recipe == gutsy ]]; then
      sed -i 's/ main$/ main universe/' "$base.partly/etc/apt/sources.list"
    fi
    mv "$base.partly" "$base"
  fi
  rm -rf "$system"
  cp -a "$base" "$system"
  inside apt-get update -qq
}

# Runs a command in $system, which sees nothing of this machine's files. /proc and the like go with it. Not as the first
# process: that gets no signals, for which xvfb-run waits.
inside() {
  unshare --mount --pid --fork bash -c '
    mount -t proc proc "$0/proc"
    mount -t tmpfs tmpfs "$0/dev/shm" 2>/dev/null
    chroot "$0" "$@"
    exit $?' "$system" \
    env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+"http_proxy=$http_proxy"} "$@"
}

install_in() {
  inside apt-get install -y -qq "$@" >>"$root/build/try/apt.log" 2>&1 ||
    stop "apt-get install $* failed: $root/build/try/apt.log says why."
}

# What somebody would do. $1: the program. $2: the folder of its data.
use_it() {
  set -e
  inside "$1" --version
  inside "$1" inspect "$2/assets/images/coffee.png" | sed -n 1,10p
  inside "$1" figure overview "$2/assets/images/chelsea.png" -o /tmp/figure.png
  inside xvfb-run -a "$1" --screenshot /tmp/window.png
  inside xvfb-run -a "$1" open /tmp/figure.png --screenshot /tmp/opened.png
  inside man -P cat "${2%/tessera}/man/man1/tessera.1.gz" | sed -n 1,5p
  [[ -s $system/tmp/window.png && -s $system/tmp/opened.png ]]
}

use() {
  local tried=$root/build/try/${release//\//-}.$kind picture
  say "Using the $kind in a clean $release"
  inside "$1" --version >/dev/null || stop "The program does not start."
  install_in --no-install-recommends xvfb xauth shared-mime-info libglib2.0-bin man-db
  # In a process of its own: bash would not stop at a failure here.
  (use_it "$@") >"$tried.txt" 2>&1 &
  wait $! || stop "$(cat "$tried.txt")
This did not go well."
  cat "$tried.txt"
  for picture in figure window opened; do
    cp "$system/tmp/$picture.png" "$tried.$picture.png"
  done
}

try_deb() {
  local kind=deb file
  file=$(ls -t "$packages"/*.deb | head -n 1)
  clean_system "$release"
  cp "$file" "$system/tmp/tessera.deb"
  install_in /tmp/tessera.deb
  use tessera /usr/share/tessera
  inside gio info -a standard::content-type /tmp/figure.png | grep -q image/x-tessera-figure ||
    stop "The figure is not known for one."
  inside gio info -a standard::content-type /usr/share/tessera/assets/images/coffee.png | grep -q image/png ||
    stop "A plain picture is taken for something else."
  inside apt-get remove -y -qq tessera >>"$root/build/try/apt.log" 2>&1
  [[ ! -e $system/usr/share/tessera && ! -e $system/usr/lib/tessera ]] || stop "Something is left behind."
}

try_archive() {
  local kind=tar.xz file folder
  file=$(ls -t "$packages"/*.tar.xz | head -n 1)
  clean_system "$release"
  folder=$(basename "$file" .tar.xz)
  tar -C "$system/opt" -xf "$file"
  # What docs/installing.md asks for.
  install_in libegl1 libgl1 libx11-6 libgl1-mesa-dri
  use "/opt/$folder/bin/tessera" "/opt/$folder/share/tessera"
}

mkdir -p "$root/build/try"
if [[ $# == 0 ]]; then
  release=$own
  try_deb
  set -- "$own"
fi
for release in "$@"; do
  try_archive
done
rm -rf "$root/build/try/system"
say "All of it works."
