<?php // Stands for the program of examples/: worker.php QUEUE [--max-jobs=N]. Its jobs take a second or two and do nothing.
$queue = $argv[1] ?? 'jobs';
$most = PHP_INT_MAX;
foreach ($argv as $argument) {
    if (sscanf($argument, '--max-jobs=%d', $number) === 1) {
        $most = $number;
    }
}
$say = function (string $text) use ($queue): void {
    $line = sprintf("%s %s %s\n", date('H:i:s'), $queue, $text);
    // as on the virtual machines, some write to a file; the drain program brings it to the output
    if (@file_put_contents("/var/log/shop/$queue.log", $line, FILE_APPEND) === false || $queue !== 'mail') {
        echo $line;
    }
};

$stop = false;
pcntl_async_signals(true);
pcntl_signal(SIGTERM, function () use (&$stop): void { $stop = true; });
$say('waits for jobs');
for ($job = 1; $job <= $most && !$stop; $job++) {
    $end = microtime(true) + random_int(1000, 2500) / 1000;
    while (($left = $end - microtime(true)) > 0) { // a signal ends usleep early
        usleep((int) ($left * 1e6) + 1);
    }
    $say("job $job done");
}
$say($stop ? 'asked to stop: no job was cut' : 'enough jobs');
