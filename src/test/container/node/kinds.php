<?php
// examples/php/worker.php, and the two mistakes that are made in it.
// usage: worker.php async|late|none   late: the handler is never run; none: there is none
require __DIR__ . '/queue.php';
$stop = false;
if ($argv[1] !== 'none') {
    pcntl_signal(SIGTERM, function () use (&$stop) { $stop = true; });
}
pcntl_async_signals($argv[1] === 'async');
while (!$stop) {
    if (($job = next_job()) === null) continue;
    if ($stop) { give_back($job); break; }
    work($job);
    done($job);
}
