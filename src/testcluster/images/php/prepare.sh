#!/bin/sh
# What the maintainer scripts of PHP, nginx and Apache would do, as far as it matters: prepare.sh ROOT
set -eu
root=$1

version=$(basename "$root"/etc/php/*)
php=$root/etc/php/$version
shared=$root/usr/lib/php/$version

# alternatives
ln -s "php$version" "$root/usr/bin/php"
ln -s "php-fpm$version" "$root/usr/sbin/php-fpm"

cp "$shared/php.ini-production.cli" "$php/cli/php.ini"
cp "$shared/php.ini-production" "$php/fpm/php.ini"
cp "$shared/php.ini-production" "$php/apache2/php.ini"

# phpenmod for all modules and all servers; the order is in each file
cp "$root/usr/share/php$version"-*/*/*.ini "$php/mods-available/"
for module in "$php"/mods-available/*.ini; do
  priority=$(sed -n 's/^; *priority=\([0-9]*\).*/\1/p' "$module")
  name=${priority:-20}-$(basename "$module")
  for server in cli fpm apache2; do
    mkdir -p "$php/$server/conf.d"
    ln -s "/etc/php/$version/mods-available/$(basename "$module")" "$php/$server/conf.d/$name"
  done
done

# a2enmod, a2enconf and a2ensite
apache=$root/etc/apache2
mkdir -p "$apache/mods-enabled" "$apache/conf-enabled" "$apache/sites-enabled"
for module in access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user autoindex deflate dir \
  env filter mime mpm_prefork negotiation "php$version" reqtimeout setenvif status; do
  for file in "$apache/mods-available/$module".*; do
    ln -s "../mods-available/$(basename "$file")" "$apache/mods-enabled/"
  done
done
for file in charset localized-error-pages other-vhosts-access-log security; do
  ln -s "../conf-available/$file.conf" "$apache/conf-enabled/"
done
ln -s ../sites-available/000-default.conf "$apache/sites-enabled/"

mkdir -p "$root/etc/nginx/sites-enabled" "$root/etc/nginx/modules-enabled"
ln -s ../sites-available/default "$root/etc/nginx/sites-enabled/"

# Folders that any user may write to, so that pods with any user work.
mkdir -p "$root/var/www/html"
for folder in run/php run/apache2 run/lock/apache2 var/log/apache2 var/log/nginx var/lib/nginx var/lib/apache2 \
  var/cache/apache2/mod_cache_disk var/log/supervisor; do
  mkdir -p "$root/$folder"
  chmod 1777 "$root/$folder"
done

# What containers do with logs.
for server in apache2 nginx; do
  ln -s /dev/stdout "$root/var/log/$server/access.log"
  ln -s /dev/stderr "$root/var/log/$server/error.log"
done
ln -s /dev/stdout "$root/var/log/apache2/other_vhosts_access.log"
