#!/bin/sh
# Builds the programs of the test control plane from the Go modules pinned beside this file and prints, as the last
# line of stdout, the directory that holds them. Progress goes to stderr.
#
# usage: build.sh [MODULE...]      default: etcd kwok kubernetes
#
# Each module has a cache entry of its own, named by the hash of its go.mod, its go.sum and this script, so a version bump
# builds only what it touches. An entry appears by one rename: a killed build leaves nothing that the next one takes for finished. Two builds at
# once wait for each other.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${MONOLIFT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/monolift}/testcluster

say() { printf 'testcluster: %s\n' "$*" >&2; }

command -v go >/dev/null 2>&1 || {
  say "Go 1.26 or newer is needed to build the test control plane (or Docker, or a cluster named by MONOLIFT_TEST_CONTEXT)"
  exit 69
}

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock -n 9 || { say "another build is running; waiting for it"; flock 9; }

# The version that the programs report; clients and kubectl compare it.
ldflags() {
  version=$(cd "$here/$1" && go list -m -f '{{.Version}}' k8s.io/kubernetes 2>/dev/null) || version=
  [ -n "$version" ] || { echo "-s -w"; return; }
  minor=${version#v1.}
  minor=${minor%%.*}
  pkg=k8s.io/component-base/version
  echo "-s -w -X $pkg.gitVersion=$version -X $pkg.gitMajor=1 -X $pkg.gitMinor=$minor"
}

build_module() {
  module=$1
  key=$(cat "$here/$module/go.mod" "$here/$module/go.sum" "$here/build.sh" | sha256sum | cut -c1-16)
  entry=$cache/$module-$key
  if [ ! -d "$entry" ]; then
    rm -rf "$cache/$module".building.*
    partial=$cache/$module.building.$$
    mkdir -p "$partial"
    flags=$(ldflags "$module")
    for tool in $(cd "$here/$module" && go list tool); do
      name=$(basename "$tool")
      case $name in v[0-9]*) name=$(basename "$(dirname "$(dirname "$tool")")") ;; esac
      say "building $name (once; minutes when nothing is cached)"
      began=$(date +%s)
      (cd "$here/$module" && CGO_ENABLED=0 go build -trimpath -ldflags "$flags" -o "$partial/$name" "$tool")
      say "built $name in $(($(date +%s) - began)) s"
    done
    mv "$partial" "$entry"
  fi
  for program in "$entry"/*; do ln -sfn "$program" "$bin/$(basename "$program")"; done
}

[ $# -gt 0 ] || set -- etcd kwok kubernetes
all=$(for module in "$@"; do cat "$here/$module/go.mod" "$here/$module/go.sum" "$here/build.sh"; done | sha256sum | cut -c1-16)
bin=$cache/bin-$all
mkdir -p "$bin"
for module in "$@"; do build_module "$module"; done
echo "$bin"
