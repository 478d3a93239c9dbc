# shellcheck shell=bash
# Sourced by setup.sh, which sets `root`: what has to be installed, and installing it. On Debian and Ubuntu with apt; elsewhere the packages
# are named.

# command:package
debian_tools="c++:g++ cmake:cmake ninja:ninja-build pkg-config:pkg-config python3:python3"
# What only the system can supply, and Mesa's drivers, which draw without a graphics card.
debian_system="libegl-dev libgl1-mesa-dri"
# Libraries that are fetched and built where the system has none that fits (cmake/dependencies.cmake).
debian_libraries="libeigen3-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libxxhash-dev libstb-dev zlib1g-dev
  libpng-dev libjpeg-dev libexif-dev libepoxy-dev libglfw3-dev libimgui-dev libzip-dev libutf8proc-dev"
# The same for tests and benchmarks.
debian_test_libraries="catch2 libbenchmark-dev"
# For the tests that open a real window, and the one that shares work between MPI's processes.
debian_tests="xvfb xdotool openmpi-bin"
# What CPack reads libraries and what they depend on with.
debian_packing="dpkg-shlibdeps:dpkg-dev objdump:binutils file:file"

# ensure_packages [tests|packages]: returns when everything needed is there, else installs it, or says what is missing and stops.
# A list that has been dealt with once is not looked at again: a build that works must not ask for a password.
ensure_packages() {
  local wanted stamp
  wanted="$debian_tools $debian_system $debian_libraries"
  # shellcheck disable=SC2154
  stamp=$root/build/packages-build
  if [[ ${1:-} == tests ]]; then
    wanted="$wanted $debian_test_libraries $debian_tests"
    stamp=$root/build/packages-tests
  elif [[ ${1:-} == packages ]]; then
    wanted="$wanted $debian_packing"
    stamp=$root/build/packages-packing
  fi
  if [[ ${TESSERA_SKIP_PACKAGES:-} == 1 || $(cat "$stamp" 2>/dev/null) == "$wanted" ]]; then
    return
  fi
  if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    # shellcheck disable=SC2086  # a list of words
    ensure_debian_packages $wanted
  else
    ensure_other_packages
  fi
  printf '%s\n' "$wanted" >"$stamp"
}

# True when there is something other than pip to take LibTorch from.
have_torch() {
  [[ -n ${Torch_DIR:-} || -d $root/build/libtorch ]] ||
    python3 -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)' 2>/dev/null
}

need_pip() { ! have_torch && ! python3 -m pip --version >/dev/null 2>&1; }

ensure_debian_packages() {
  local entry missing=() installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null)
  for entry in "$@"; do
    if [[ $entry == *:* ]]; then
      command -v "${entry%%:*}" >/dev/null || missing+=("${entry#*:}")
    elif ! grep -qx "installed $entry" <<<"$installed"; then
      missing+=("$entry")
    fi
  done
  if need_pip; then
    missing+=(python3-pip)
  fi
  if [[ ${#missing[@]} == 0 ]]; then
    return
  fi

  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    as_root=(sudo)
    if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
      stop "These packages are missing, and installing them needs root, which sudo does not give here:
  ${missing[*]}
Have them installed, then try again:
  apt-get install ${missing[*]}
(Where the libraries come from somewhere else, set TESSERA_SKIP_PACKAGES=1.)"
    fi
  fi
  say "Packages that are missing: ${missing[*]}"
  say "Bringing apt's package lists up to date"
  local apt=("${as_root[@]+"${as_root[@]}"}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
  "${apt[@]}" update >&2 || say "The package lists could not be brought up to date; trying with those at hand."

  # An older release may lack a library that is fetched instead: leave that one out rather than fail on all.
  local available=() package libraries="$debian_libraries $debian_test_libraries"
  for package in "${missing[@]}"; do
    if [[ " ${libraries//$'\n'/ } " == *" $package "* ]] && ! apt-cache show "$package" >/dev/null 2>&1; then
      say "$package is not in this release's package lists; it will be fetched and built instead"
    else
      available+=("$package")
    fi
  done
  # apt is asked first, because packages bring others along.
  local plan
  plan=$("${apt[@]}" --assume-no --no-install-recommends install "${available[@]}" 2>/dev/null || true)
  say "Installing with apt, which usually takes a minute or two:$(sed -n '
    s/^[0-9]* upgraded, \([0-9]*\) newly.*/ \1 packages with those that they need,/p
    s/^Need to get \([0-9.,]* [kMG]\{0,1\}B\).* of archives.*/ \1 to fetch,/p
    s/^After this operation, \([0-9.,]* [kMG]\{0,1\}B\) of additional.*/ \1 on the disk/p' <<<"$plan" | tr -d '\n')"
  "${apt[@]}" install -y --no-install-recommends "${available[@]}" >&2 ||
    stop "apt could not install what Tessera needs. The message above says why; the packages are:
  ${available[*]}"
}

# On other systems: the tools and EGL must be there; libraries that are missing are fetched when configuring.
ensure_other_packages() {
  local missing=() tool
  for tool in c++ cmake ninja pkg-config python3; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if command -v pkg-config >/dev/null; then
    pkg-config --exists egl || missing+=("EGL's headers")
  fi
  if need_pip; then
    missing+=(pip)
  fi
  if [[ ${#missing[@]} == 0 ]]; then
    return
  fi
  local names
  if command -v dnf >/dev/null; then
    names="dnf install gcc-c++ cmake ninja-build pkgconf-pkg-config python3-pip libglvnd-devel mesa-dri-drivers \\
    eigen3-devel json-devel cli11-devel spdlog-devel xxhash-devel libpng-devel libjpeg-turbo-devel libexif-devel \\
    libepoxy-devel glfw-devel libzip-devel utf8proc-devel catch-devel google-benchmark-devel xorg-x11-server-Xvfb xdotool openmpi"
  elif command -v pacman >/dev/null; then
    names="pacman -S gcc cmake ninja pkgconf python-pip libglvnd mesa eigen nlohmann-json cli11 spdlog xxhash libpng \\
    libjpeg-turbo libexif libepoxy glfw libzip libutf8proc catch2 benchmark xorg-server-xvfb xdotool openmpi"
  elif command -v zypper >/dev/null; then
    names="zypper install gcc-c++ cmake ninja pkgconf python3-pip libglvnd-devel Mesa-dri eigen3-devel \\
    nlohmann_json-devel cli11-devel spdlog-devel xxhash-devel libpng16-devel libjpeg8-devel libexif-devel \\
    libepoxy-devel libglfw-devel libzip-devel utf8proc-devel Catch2-devel benchmark-devel xorg-x11-server-Xvfb xdotool openmpi"
  else
    names="a C++20 compiler, CMake, Ninja, pkg-config, Python 3 with pip, EGL, Eigen, nlohmann-json, CLI11, spdlog, xxHash,
    libpng, libjpeg-turbo, libexif, libepoxy, GLFW, libzip, utf8proc, Catch2, google-benchmark, Xvfb, xdotool, Open MPI"
  fi
  stop "Missing here: ${missing[*]}. Tessera installs packages by itself only on Debian and Ubuntu. Install these, then try again:
  $names"
}
