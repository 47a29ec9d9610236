#!/bin/sh
# Like the entry of Docker's official php images: options alone are for php. Usage: entrypoint.sh LAYER
set -eu
mkdir -p "$1/usr/local/bin"
cat >"$1/usr/local/bin/docker-php-entrypoint" <<'END'
#!/bin/sh
set -e
case ${1:-} in -*) set -- php "$@" ;; esac
exec "$@"
END
chmod 755 "$1/usr/local/bin/docker-php-entrypoint"
