#!/bin/sh
# What the maintainer scripts of the basic packages would do, as far as it matters: prepare.sh ROOT
set -eu
root=$1

cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
cp "$root/usr/share/libc-bin/nsswitch.conf" "$root/etc/nsswitch.conf"
if [ -d "$root/usr/share/ca-certificates" ]; then
  cat "$root"/usr/share/ca-certificates/*/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
fi

# alternatives
ln -sf mawk "$root/usr/bin/awk"
ln -sf which.debianutils "$root/usr/bin/which"

# some releases have these as folders, some not at all
rm -rf "$root/var/run" "$root/var/lock"
ln -s /run "$root/var/run"
ln -s /run/lock "$root/var/lock"
mkdir -p "$root/run/lock" "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/var/tmp"
chmod 1777 "$root/run/lock" "$root/tmp" "$root/var/tmp"
