#!/bin/sh
php "$LAB/worker.php" async &
worker=$!
trap 'kill -TERM $worker; wait $worker; exit $?' TERM
wait $worker
