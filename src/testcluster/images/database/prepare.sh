#!/bin/sh
# Users of the servers, and folders that any user may write to, so that pods with any user work: prepare.sh ROOT
set -eu
root=$1

echo 'mysql:x:100:101:MariaDB:/nonexistent:/bin/false' >>"$root/etc/passwd"
echo 'mysql:x:101:' >>"$root/etc/group"
echo 'redis:x:101:102:Redis:/var/lib/redis:/bin/false' >>"$root/etc/passwd"
echo 'redis:x:102:' >>"$root/etc/group"
for folder in run/mysqld var/lib/mysql var/lib/redis; do
  mkdir -p "$root/$folder"
  chmod 1777 "$root/$folder"
done
