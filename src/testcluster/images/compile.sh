#!/bin/sh
# Compiles a static program with the musl C library: compile.sh SOURCE PROGRAM
set -eu
command -v musl-gcc >/dev/null 2>&1 || { echo "testcluster: musl-gcc is needed (Debian package musl-tools)" >&2; exit 69; }
musl-gcc -static -Os -s -o "$2" "$1"
