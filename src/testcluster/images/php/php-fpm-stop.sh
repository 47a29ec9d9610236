#!/bin/sh
# php-fpm in the foreground on port 9000, as in Docker's official php:*-fpm images: php-fpm-stop.sh LAYER ROOT
set -eu
sh "$(dirname "$0")/entrypoint.sh" "$1"
version=$(basename "$2"/etc/php/*)
mkdir -p "$1/etc/php/$version/fpm/pool.d"
cat >"$1/etc/php/$version/fpm/pool.d/zz-container.conf" <<'END'
[global]
daemonize = no
error_log = /proc/self/fd/2

[www]
listen = 9000
access.log = /proc/self/fd/2
catch_workers_output = yes
END
