<?php // A queue worker that ends after its job, and not in it. Try it: QUEUE=/tmp/queue php worker.php
require __DIR__ . '/queue.php'; // next_job(), give_back(), work(), done(): yours
$stop = false;
pcntl_async_signals(true); // without it PHP notes the signal and never calls the handler
pcntl_signal(SIGTERM, function () use (&$stop) { $stop = true; }); // and nothing else: no exit() here
while (!$stop) {
    if (($job = next_job()) === null) continue; // blocks for longestWaitSeconds at most
    if ($stop) { give_back($job); break; } // the signal came during the wait
    work($job); // takes longestJobSeconds at most, and commits
    done($job); // only now: a worker that dies before it leaves the job to another
}
