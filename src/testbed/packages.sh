#!/bin/sh
# Checks what building and testing need from this machine and names everything that is missing in one message.
# Debian packages are installed when that can be done here: as root, after saying what and why.
#
# usage: packages.sh [goals=COMMAND LINE] [skip-node=true|false] | packages.sh only-node
#   Maven passes its command line: without integration tests only the JDK matters. The real node can be left out.
#   only-node: what a real node needs, and nothing is installed
set -u

here=$(cd "$(dirname "$0")" && pwd)
needs_tests=yes
needs_node=yes
only_node=
for argument in "$@"; do
  case $argument in
    goals=*verify* | goals=*install* | goals=*deploy* | goals=*integration-test* | goals=*failsafe*) ;;
    goals=*) needs_tests=no ;;
    skip-node=false) ;;
    skip-node=*) needs_node=no ;;
    only-node) needs_tests=no only_node=yes ;;
    *) echo "packages.sh: unknown argument $argument" >&2; exit 64 ;;
  esac
done

missing=
miss() { missing="$missing
  - $*"; }

# Maven looks for one by toolchain discovery; where a person has described toolchains by hand, that counts alone.
has_jdk() {
  [ -f "$HOME/.m2/toolchains.xml" ] && return 0
  for release in "${JAVA_HOME:-/none}/release" /usr/lib/jvm/*/release /opt/*/release "$HOME"/.sdkman/candidates/java/*/release \
    "$HOME"/.jdks/*/release "$HOME"/.asdf/installs/java/*/release /Library/Java/JavaVirtualMachines/*/Contents/Home/release; do
    if grep -qs '^JAVA_VERSION="25[."]' "$release" && [ -x "${release%release}bin/javac" ]; then return 0; fi
  done
  javac -version 2>&1 | grep -q '^javac 25'
}

# Prints "PACKAGE COMMAND WHY" for each line of the list; "-" for no command.
wanted() {
  awk '/^[a-z0-9]/ { why = $0; sub(/^[^#]*# */, "", why); print $1, ($2 ~ /^#/ ? "-" : $2), why }' "$here/debian-packages.txt"
}

# Prints "PACKAGE: WHY" for what this machine does not have.
lacking() {
  if command -v dpkg-query >/dev/null 2>&1; then
    installed=$(wanted | cut -d ' ' -f 1 | xargs dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null)
    wanted | while read -r package _ why; do
      echo "$installed" | grep -qx "installed $package" || echo "$package: $why"
    done
  else
    wanted | while read -r package command why; do
      [ "$command" = - ] || command -v "$command" >/dev/null 2>&1 || echo "$package: $why"
    done
  fi
}

# The same for the packages of a real node. Docker's packages bring some of these programs and exclude Debian's.
lacking_of_node() {
  awk '/^[a-z0-9]/ { why = $0; sub(/^[^#]*# */, "", why); print $1, $2, why }' "$here/debian-packages-node.txt" |
    while read -r package command why; do
      case $command in
        /*) [ -e "$command" ] || echo "$package: $why" ;;
        *) PATH=$PATH:/usr/sbin:/sbin command -v "$command" >/dev/null 2>&1 || echo "$package: $why" ;;
      esac
    done
}

# Missing package lists of apt are as good as a missing package: images are made of what they name.
has_lists() { ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; }

if [ -n "$only_node" ]; then
  node=$("$here/../testcluster/pick.sh" --node 2>&1) || { node=${node#testcluster: }; echo "${node%; without one*}"; exit 69; }
  [ "$node" = debian ] || exit 0
  reasons=$(lacking_of_node)
  [ -n "$reasons" ] || { has_lists && exit 0; }
  echo "packages for a real node; as root: apt-get update && apt-get install --yes --no-install-recommends $(echo "$reasons" | cut -d : -f 1 | tr '\n' ' ')"
  exit 69
fi

has_jdk || miss "a JDK 25: install one, for example the package temurin-25-jdk or openjdk-25-jdk; it need not be the default java"

packages=
if [ "$needs_tests" = yes ]; then
  command -v mvn >/dev/null 2>&1 || miss "Maven 3.8 or newer: install the package maven"
  cluster=$("$here/../testcluster/pick.sh" 2>&1 >/dev/null) || miss "a test cluster: ${cluster#testcluster: }"
  if [ "$needs_node" = yes ]; then
    node=$("$here/../testcluster/pick.sh" --node 2>&1) || miss "${node#testcluster: }"
  fi
  reasons=$(lacking; [ "${node:-}" != debian ] || lacking_of_node)
  packages=$(echo "$reasons" | cut -d : -f 1 | tr '\n' ' ')
  packages=${packages% }
  if [ "${node:-}" = debian ] && ! has_lists; then apt-get -qq update >&2 || miss "the lists of Debian's packages: apt-get update"; fi
fi

install="apt-get update && apt-get install --yes --no-install-recommends $packages"
reasons=$(echo "${reasons:-}" | sed 's/^/    /')
if [ -n "$packages" ] && { [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; }; then
  miss "packages; on Debian, as root: $install
$reasons"
fi

if [ -n "$missing" ]; then
  echo "Missing on this machine:$missing" >&2
  exit 69
fi
if [ -n "$packages" ]; then
  printf 'The tests need these Debian packages, which are installed now:\n%s\n' "$reasons" >&2
  export DEBIAN_FRONTEND=noninteractive
  # $packages is a list
  # shellcheck disable=SC2086
  apt-get -qq update && apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install --yes --no-remove --no-install-recommends $packages >&2 || {
    echo "The packages could not be installed: see above. By hand: $install" >&2
    exit 69
  }
fi
