#!/bin/sh
# Builds the programs of the test control plane from the Go modules pinned beside this file and prints, as the last
# line of stdout, the directory that holds them. Progress goes to stderr. The first time takes minutes, later a moment.
#
# usage: build.sh [MODULE...]                 default: etcd kwok kubernetes
#        build.sh --if-picked [--with-node]   what this machine's test clusters are made of, which may be nothing (see
#                                             pick.sh); with the programs and images of a real node
#
# Each module has a cache entry of its own, named by the hash of its go.mod and go.sum, so a version bump builds only
# what it touches. An entry appears by one rename: a killed build leaves nothing that the next one takes for finished.
# Two builds at once wait for each other.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${MONOLIFT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/monolift}/testcluster
# Raise it when the way of building changes, so that cached entries are built again.
recipe=3
PATH=$PATH:/usr/local/go/bin

say() { printf 'testcluster: %s\n' "$*" >&2; }

key() { { echo "$recipe"; for module in "$@"; do cat "$here/$module/go.mod" "$here/$module/go.sum"; done; } | sha256sum | cut -c1-16; }

# The version that the programs report; clients and kubectl compare it.
ldflags() {
  version=$(sed -n 's|^.*k8s.io/kubernetes \(v[^ ]*\).*|\1|p' "$here/$1/go.mod")
  [ -n "$version" ] || { echo "-s -w"; return; }
  minor=${version#v1.}
  minor=${minor%%.*}
  pkg=k8s.io/component-base/version
  echo "-s -w -X $pkg.gitVersion=$version -X $pkg.gitMajor=1 -X $pkg.gitMinor=$minor"
}

# What the tests do not use of containerd, and what it would need C libraries for.
tags() { if [ "$1" = containerd ]; then echo no_btrfs,no_devmapper,no_zfs; fi; }

# Explains a failed go command by the log it wrote.
explain() {
  tail -n 15 "$1" >&2
  if grep -Eq 'dial tcp|no such host|i/o timeout|proxyconnect|connection refused|TLS handshake|module lookup disabled' "$1"; then
    say "Go modules cannot be downloaded: this first build needs the network (or a module proxy, see 'go env GOPROXY')"
  elif grep -q 'no space left' "$1"; then
    say "the disk is full: the build needs about 5 GB below $(go env GOCACHE) and $(go env GOMODCACHE)"
  else
    say "building the test control plane failed: see above"
  fi
  exit 70
}

# build_tool MODULE PACKAGE OUTPUT: with a sign of life, as the largest takes minutes. The compiler does not inherit the
# lock: it may outlive a killed build for some seconds.
build_tool() {
  log=$partial/.log
  (cd "$here/$1" && exec env CGO_ENABLED=0 go build -v -trimpath -tags "$(tags "$1")" -ldflags "$flags" -o "$3" "$2") >"$log" 2>&1 9>&- &
  compiler=$!
  began=$(date +%s)
  told=0
  while kill -0 "$compiler" 2>/dev/null; do
    spent=$(($(date +%s) - began))
    done_so_far="$(grep -c '^[a-z]' "$log" || :) packages compiled, $spent s"
    if [ -t 2 ]; then
      printf '\rtestcluster: %s: %s ' "$(basename "$3")" "$done_so_far" >&2
    elif [ $((spent - told)) -ge 30 ]; then
      told=$spent
      say "$(basename "$3"): $done_so_far"
    fi
    sleep 1
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  wait "$compiler" || explain "$log"
  compiler=
  rm -f "$log"
  say "built $(basename "$3") in $(($(date +%s) - began)) s"
}

# The behaviour of simulated nodes and pods comes with the module, not with the program.
copy_stages() {
  stages=$(cd "$here/kwok" && go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage
  for file in node/fast/node-initialize node/heartbeat-with-lease/node-heartbeat-with-lease \
    pod/fast/pod-ready pod/fast/pod-complete; do
    echo ---
    cat "$stages/$file.yaml"
  done >"$1"
}

build_module() {
  entry=$cache/$1-$(key "$1")
  if [ ! -d "$entry" ]; then
    rm -rf "$cache/$1".building.*
    partial=$cache/$1.building.$$
    mkdir -p "$partial"
    say "reading the modules of $1 (the first time it downloads them)"
    flags=$(ldflags "$1")
    tools=$(cd "$here/$1" && go list tool 2>"$partial/.log") || explain "$partial/.log"
    for tool in $tools; do
      name=$(basename "$tool")
      case $name in v[0-9]*) name=$(basename "$(dirname "$(dirname "$tool")")") ;; esac
      say "building $name (once; may take minutes)"
      build_tool "$1" "$tool" "$partial/$name"
    done
    if [ "$1" = kwok ]; then copy_stages "$partial/kwok-stages.yaml"; fi
    rm -f "$partial/.log"
    mv "$partial" "$entry"
    partial=
  fi
  for program in "$entry"/*; do ln -sfn "$program" "$bin/$(basename "$program")"; done
}

if [ "${1:-}" = --if-picked ]; then
  picked=$("$here/pick.sh")
  [ "$picked" != go ] || "$0"
  [ "${2:-}" != --with-node ] || node=$("$here/pick.sh" --node)
  [ "${node:-}" != debian ] || { "$0" etcd kubernetes containerd node coredns && "$here/images/build.sh" pause php database musl; }
  exit
fi
[ $# -gt 0 ] || set -- etcd kwok kubernetes
bin=$cache/bin-$(key "$@")
# A finished directory is used without any lock or tool, so that a start costs milliseconds.
if [ -f "$bin/.complete" ]; then
  echo "$bin"
  exit 0
fi

MONOLIFT_TEST_CLUSTER=go "$here/pick.sh" >/dev/null || exit
command -v flock >/dev/null 2>&1 || { say "flock is needed (Debian package util-linux)"; exit 69; }

partial=
compiler=
clean() {
  if [ -n "$compiler" ]; then kill "$compiler" 2>/dev/null || :; fi
  if [ -n "$partial" ]; then rm -rf "$partial"; fi
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir -p "$cache"
exec 9>"$cache/.lock"
flock -n 9 || { say "another build is running; waiting for it"; flock 9; }
mkdir -p "$bin"
for module in "$@"; do build_module "$module"; done
: >"$bin/.complete"
echo "$bin"
