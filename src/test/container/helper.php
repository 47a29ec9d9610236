<?php
// A helper that a job starts: works SECONDS and notes its end, or the signal that it should never have got.
// usage: helper.php SECONDS NOTES
[, $seconds, $notes] = $argv;
$note = fn(string $line) => file_put_contents($notes, $line . "\n", FILE_APPEND | LOCK_EX);
pcntl_async_signals(true);
foreach ([SIGTERM, SIGINT, SIGQUIT] as $signal) {
    pcntl_signal($signal, fn() => $note('helper signal'));
}
$note('helper start');
for ($end = microtime(true) + (float) $seconds; ($left = $end - microtime(true)) > 0;) {
    usleep((int) ($left * 1e6) + 1);
}
$note('helper end');
