#!/bin/sh
# One static program and nothing else: prepare.sh ROOT
set -eu
here=$(dirname "$0")
sh "$here/../compile.sh" "$here/pause.c" "$1/pause"
