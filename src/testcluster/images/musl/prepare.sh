#!/bin/sh
# /usr/bin/lookup, linked with musl, and busybox for the rest: prepare.sh ROOT
set -eu
here=$(dirname "$0")
root=$1

sh "$here/../compile.sh" "$here/lookup.c" "$root/usr/bin/lookup"
for name in sh cat cp echo env grep head id ls mkdir ps rm sleep test true wget; do
  ln -s busybox "$root/usr/bin/$name"
done
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/tmp"
chmod 1777 "$root/tmp"
echo 'root:x:0:0:root:/:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
