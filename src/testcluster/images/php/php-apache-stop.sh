#!/bin/sh
# Apache in the foreground, as in Docker's official php:*-apache images: php-apache-stop.sh LAYER
set -eu
sh "$(dirname "$0")/entrypoint.sh" "$1"
cat >"$1/usr/local/bin/apache2-foreground" <<'END'
#!/bin/sh
set -e
. /etc/apache2/envvars
rm -f "$APACHE_PID_FILE"
exec apache2 -DFOREGROUND "$@"
END
chmod 755 "$1/usr/local/bin/apache2-foreground"
