#!/bin/sh
# Makes a folder look like a container's root, read-only, and runs a command, which is to change its root to it:
#   unshare --mount --pid --fork --kill-child sh in-root.sh FOLDER COMMAND...
# The mounts end with the namespace, and with this script, its first process, everything that was started in it.
set -eu
root=$1
shift
mkdir -p "$root/proc" "$root/dev" "$root/etc"
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
# devices, and what the kubelet puts into every container
for file in dev/null dev/zero dev/random dev/urandom etc/resolv.conf etc/hosts; do
  [ -e "$root/$file" ] || : >"$root/$file"
  mount --bind "/$file" "$root/$file"
done
mount -o remount,bind,ro "$root"
# the shell would give a program in the background no input
exec 3<&0
"$@" <&3 &
wait $!
