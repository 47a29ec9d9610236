#!/bin/sh
# Debian's packages for an image, of the release and from the mirror that this machine uses itself. Neither what is
# installed here nor the system's caches are touched; no package runs any script.
#
# usage: debian.sh resolve WORK FOLDER...             prints "URI FILE SIZE HASH" for each package, sorted by FILE
#        debian.sh unpack WORK ROOT FOLDER... <LIST   downloads these packages to WORK/debs and unpacks them in ROOT
#
# A line in FOLDER/packages.txt: NAME  # why
#                            or -NAME  # why not: it counts as installed, so that neither it nor what it needs is unpacked
set -eu

here=$(cd "$(dirname "$0")" && pwd)
lists=/var/lib/apt/lists
action=$1
work=$2
shift 2

say() { printf 'testcluster: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 70
}

# names MARK: what the lines begin with that have this mark.
names() {
  for folder in $folders; do
    if [ -f "$here/$folder/packages.txt" ]; then sed -n "s/^$1\([a-z0-9][^ ]*\).*/\1/p" "$here/$folder/packages.txt"; fi
  done
}

# The state of dpkg in which only the unwanted is installed, in a version that is new enough for everybody.
status() {
  for package in $(names -); do
    echo "Package: $package"
    echo "Status: install ok installed"
    echo "Architecture: $(dpkg --print-architecture)"
    printf 'Multi-Arch: allowed\nVersion: 99:0\nMaintainer: none\nDescription: none\n\n'
  done
}

# install ARCHIVES OPTION: all state is our own but the lists; the system's caches need root, or are switched off.
install() {
  mkdir -p "$1/partial"
  status >"$work/apt/status"
  # a list of names
  # shellcheck disable=SC2046
  apt-get -qq --yes "$2" -o Dir::State="$work/apt" -o Dir::State::lists="$lists" -o Dir::State::status="$work/apt/status" \
    -o Dir::Cache="$work/apt" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=srcpkgcache.bin \
    -o Dir::Cache::archives="$1" -o APT::Sandbox::User="$(id -un)" -o APT::Install-Recommends=0 -o Acquire::Retries=3 \
    install $(names '')
}

resolve() {
  if [ -z "$(names '')" ]; then return; fi
  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-deb >/dev/null 2>&1; then
    fail "test images are made of Debian's packages: this needs apt-get and dpkg-deb, so Debian or Ubuntu"
  fi
  ls "$lists"/*_Packages* >/dev/null 2>&1 || fail "apt has no package lists here: run 'apt-get update' as root, then this again"
  mkdir -p "$work/apt"
  # apt does not name what is downloaded already, so it looks where nothing is
  install "$work/apt/nothing" --print-uris >"$work/apt/uris" ||
    fail "apt cannot find the packages for $folders: see above; 'apt-get update' as root gets newer lists"
  sort -k 2 "$work/apt/uris"
}

# Without manuals, translations and the like: half of the files, and no test reads them. Some packages still have files
# in /bin, which is a link.
unpack_one() {
  dpkg-deb --fsys-tarfile "$1" | tar -x -p -C "$root" --no-same-owner --keep-directory-symlink \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' \
    --exclude='./usr/share/lintian/*' --exclude='./usr/share/bug/*' --exclude='./usr/share/common-licenses/*'
}

# In any order: no two of these packages have a file in common.
unpack() {
  list=$(cat)
  if [ -z "$list" ]; then
    echo "no Debian packages" >"$root/etc/monolift-image"
    return
  fi
  say "$(echo "$list" | awk '{ s += $3 } END { printf "%d Debian packages, %d MB", NR, s / 1e6 }'), downloaded where they are not in $work/debs"
  install "$work/debs" --download-only ||
    fail "Debian's packages cannot be downloaded: the first build needs the network; where it has one, 'apt-get update' as root gets newer lists"
  for folder in bin sbin lib lib64; do
    mkdir -p "$root/usr/$folder"
    ln -s "usr/$folder" "$root/$folder"
  done
  echo "$list" | while read -r _ file _ _; do unpack_one "$work/debs/$file"; done
  echo "$list" | cut -d ' ' -f 2 | sed 's/_[^_]*$//; s/_/ /; s/%3a/:/' >"$root/etc/monolift-image"
}

mkdir -p "$work/apt"
case $action in
  resolve)
    folders=$*
    resolve
    ;;
  unpack)
    root=$1
    shift
    folders=$*
    unpack
    ;;
esac
