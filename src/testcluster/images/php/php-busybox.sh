#!/bin/sh
# /bin/sh is busybox, and so is what shell scripts call: php-busybox.sh LAYER
set -eu
mkdir -p "$1/usr/bin"
for name in sh awk basename cat chmod cp cut date dirname echo env expr find grep head hostname id kill ln ls mkdir mkfifo mktemp \
  mv od printf ps pwd readlink rm rmdir sed seq setsid sleep sort stat stty tail tee test timeout touch tr \
  true uname uniq wc which whoami xargs; do
  ln -s busybox "$1/usr/bin/$name"
done
