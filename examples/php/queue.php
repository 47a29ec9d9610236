<?php
// A queue to try worker.php with: a folder that holds a file NAME.job per job, with the seconds that it takes.
// In a real worker these four functions ask a database or a broker.

function next_job(): ?string
{
    foreach (glob(getenv('QUEUE') . '/*.job') ?: [] as $file) {
        if (@rename($file, "$file.taken")) { // another worker may be faster
            return "$file.taken";
        }
    }
    usleep(500_000); // a signal ends it early
    return null;
}

function give_back(string $job): void
{
    rename($job, substr($job, 0, -strlen('.taken')));
}

function work(string $job): void
{
    // A signal also ends sleep() early: code that has to wait, waits for the rest.
    $end = microtime(true) + (float) file_get_contents($job);
    while (($left = $end - microtime(true)) > 0) {
        usleep((int) ($left * 1e6) + 1);
    }
}

function done(string $job): void
{
    unlink($job);
}
