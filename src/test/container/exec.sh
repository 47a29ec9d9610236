#!/bin/sh
exec php "$LAB/worker.php" async
