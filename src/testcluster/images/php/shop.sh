#!/bin/sh
# What the workers of examples/ start: shop.sh LAYER
set -eu
mkdir -p "$1/app/bin" "$1/var/log/shop"
chmod 1777 "$1/var/log/shop"
cp "$(dirname "$0")/shop-worker.php" "$1/app/bin/worker.php"
