#!/bin/sh
# Builds images for the test node, without a registry and without root, and prints, as the last line of stdout, the
# directory that holds NAME.tar for each (for `ctr images import` or `docker load`; the reference in it is
# monolift.test/NAME:1) and NAME.versions (the Debian packages in it). Progress goes to stderr. See README.md.
#
# usage: build.sh NAME...
#
# Each recipe (a folder beside this file) has a cache entry, named by the hash of its files and of the packages that
# apt would install now. An entry appears by one rename: a killed build leaves nothing that the next one takes for
# finished. Two builds at once wait for each other.
# lists of names are split on purpose
# shellcheck disable=SC2086
set -eu
umask 022
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
cache=${MONOLIFT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/monolift}/testcluster/images

say() { printf 'testcluster: %s\n' "$*" >&2; }

# hash_of FILE-OR-FOLDER...: of names, contents, and which are programs; what comes on stdin counts too.
hash_of() {
  {
    (cd "$here" && find -L "$@" -type f -exec sha256sum {} + -perm -u+x -print | sort)
    cat
  } | sha256sum | cut -c1-16
}

# recipe_of NAME: the folder that makes this image.
recipe_of() {
  all=
  for config in "$here"/*/*.json; do
    name=$(basename "$config" .json)
    all="$all $name"
    if [ "$name" = "$1" ]; then
      basename "$(dirname "$config")"
      return
    fi
  done
  say "there is no test image '$1'; there are:$all"
  exit 64
}

# folders_of RECIPE: those that it builds on, named by lines +FOLDER of its packages.txt, and the recipe itself.
folders_of() {
  if [ -f "$here/$1/packages.txt" ]; then sed -n 's/^+\([^ ]*\).*/\1/p' "$here/$1/packages.txt"; fi
  echo "$1"
}

# add FOLDER ROOT: the files that it brings, readable by all whatever the umask of this checkout, then what it does.
add() {
  if [ -d "$here/$1/root" ]; then
    tar -c -C "$here/$1/root" --mode=a+rX,go-w . | tar -x -C "$2" --no-same-owner --keep-directory-symlink
  fi
  if [ -f "$here/$1/prepare.sh" ]; then sh "$here/$1/prepare.sh" "$2"; fi
}

# Removes what nobody has asked for in two weeks; each update of Debian's lists makes new entries.
forget_old() {
  find "$cache" -mindepth 2 -maxdepth 2 -type f -name '*.tar' -mtime +14 | while read -r archive; do
    rm -rf "$(dirname "$archive")"
  done
  find "$cache" -mindepth 2 -maxdepth 2 -xtype l -delete
  find "$cache" -mindepth 1 -maxdepth 1 -name 'set-*' -empty -delete
}

# build_recipe RECIPE ENTRY: of $folders and $packages.
build_recipe() {
  began=$(date +%s)
  say "building the test images of $1 (once)"
  rm -rf "$cache"/*.building.*
  partial=$cache/$1.building.$$
  root=$partial/root
  mkdir -p "$root/etc"
  sh "$here/debian.sh" unpack "$cache" "$root" $folders <"$packages"
  for folder in $folders; do add "$folder" "$root"; done
  sh "$here/archive.sh" "$here/$1" "$root" "$partial/$1.tar"
  mv "$root/etc/monolift-image" "$partial/$1.versions"
  chmod -R u+w "$root"
  rm -rf "$root"
  mv "$partial" "$2"
  partial=
  say "built the test images of $1 in $(($(date +%s) - began)) s"
}

# provide NAME: makes it, and those of the same recipe, part of this set.
provide() {
  if [ -f "$set/$1.tar" ]; then return; fi
  recipe=$(recipe_of "$1")
  folders=$(folders_of "$recipe")
  packages=$cache/.packages
  sh "$here/debian.sh" resolve "$cache" $folders >"$packages"
  entry=$cache/$recipe-$(hash_of archive.sh build.sh compile.sh debian.sh $folders <"$packages")
  if [ ! -d "$entry" ]; then build_recipe "$recipe" "$entry"; fi
  # what forgets old sets may have removed this one, as long as it is empty
  mkdir -p "$set"
  for config in "$here/$recipe"/*.json; do
    name=$(basename "$config" .json)
    ln -sfn "$entry/$recipe.versions" "$set/$name.versions"
    ln -sfn "$entry/$recipe.tar" "$set/$name.tar"
  done
}

if [ $# = 0 ]; then
  say "usage: build.sh NAME..."
  exit 64
fi

# All that the images depend on, as far as it can be had in milliseconds: these files, and apt's lists by size and time.
set=$cache/set-$(stat -c '%n %s %Y' /var/lib/apt/lists/*_Packages* 2>/dev/null | hash_of .)
complete=yes
for image in "$@"; do
  touch -c "$set/$image.tar" 2>/dev/null || :
  [ -f "$set/$image.tar" ] || complete=
done
if [ "$complete" ]; then
  echo "$set"
  exit 0
fi

command -v flock >/dev/null 2>&1 || { say "flock is needed (Debian package util-linux)"; exit 69; }

partial=
clean() {
  if [ -n "$partial" ]; then rm -rf "$partial"; fi
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock -n 9 || { say "another build of test images is running; waiting for it"; flock 9; }
forget_old
mkdir -p "$set"
for image in "$@"; do provide "$image"; done
echo "$set"
