<?php
// A worker that leaks: each job that it takes from the folder, a file NAME.job, costs it MIB that it never gives back.
// While there is none it works on a small one of its own, so that it is in a job whenever it is asked to end. It writes
// down "start NAME" and "end NAME PEAK", the most memory that its container has had so far, in bytes.
// usage: leak.php FOLDER MIB
[, $folder, $mib] = $argv;
ini_set('memory_limit', -1);
$stop = false;
pcntl_async_signals(true);
pcntl_signal(SIGTERM, function () use (&$stop) { $stop = true; });
$note = fn(string $line) => file_put_contents("$folder/ledger", "$line\n", FILE_APPEND | LOCK_EX);
$work = function (float $seconds) {
    for ($end = microtime(true) + $seconds; ($left = $end - microtime(true)) > 0;) {
        usleep((int) ($left * 1e6) + 1);
    }
};
// cgroup version 1, version 2, version 2 of Linux before 5.19
$files = ['memory/memory.max_usage_in_bytes', 'memory.peak', 'memory.current'];
$memory = current(array_filter(array_map(fn($file) => "/sys/fs/cgroup/$file", $files), 'is_readable'));
$kept = [];
for ($own = 1; !$stop; $own++) {
    $taken = null;
    foreach (glob("$folder/*.job") as $file) {
        if (@rename($file, "$file.taken")) {
            $taken = $file;
            break;
        }
    }
    $name = $taken === null ? 'own-' . gethostname() . "-$own" : basename($taken, '.job');
    $note("start $name");
    if ($taken !== null) {
        // two in each chunk of PHP's allocator
        for ($i = 0; $i < $mib; $i++) $kept[] = str_repeat('x', (1 << 20) - 4096 - 64);
    }
    $work($taken === null ? 0.3 : 0.1);
    $note("end $name " . trim(file_get_contents($memory)));
    if ($taken !== null) unlink("$taken.taken");
}
