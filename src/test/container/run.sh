#!/bin/sh
# as many images have it
php "$LAB/worker.php" async "$@"
