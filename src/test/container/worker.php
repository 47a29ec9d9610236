<?php
// A worker as there are many. Notes in $LAB/jobs, one line each: "start N TIME PID", "end N", "stop".
// usage: worker.php KIND [OPTION=VALUE]...
//   KIND  async: handler with async signals | late: handler, but signals are never dispatched | none: no handler
//         dispatch: handler, dispatched between jobs
//   job=SECONDS  gap=SECONDS  boot=SECONDS  jobs=COUNT (then exit)  exit=CODE  busy=FILE  signals=TERM,INT
//   hold=FILE (a job does not end while it is there)
//   wait=socket|mariadb (blocks there between jobs)  socket=FILE (the database's)  helper=SECONDS  orphan=SECONDS  log=FILE
$kind = $argv[1];
$option = ['job' => 1, 'gap' => 0.01, 'boot' => 0, 'jobs' => 0, 'exit' => 0, 'busy' => '', 'signals' => 'TERM',
    'wait' => '', 'helper' => 0, 'orphan' => 0, 'log' => '', 'socket' => '', 'hold' => ''];
foreach (array_slice($argv, 2) as $argument) {
    [$name, $value] = explode('=', $argument, 2);
    $option[$name] = $value;
}
$lab = getenv('LAB');
$note = fn(string $line) => file_put_contents("$lab/jobs", $line . "\n", FILE_APPEND | LOCK_EX);
$work = function (float $seconds) {
    for ($end = microtime(true) + $seconds; ($left = $end - microtime(true)) > 0;) {
        usleep((int) ($left * 1e6) + 1);
    }
};
$note('boot ' . getmypid());
$work((float) $option['boot']);
$stop = false;
if ($kind !== 'none') {
    foreach (explode(',', $option['signals']) as $signal) {
        pcntl_signal(constant("SIG$signal"), function () use (&$stop, $note, $signal) {
            $stop = true;
            $note("signal $signal");
        });
    }
    pcntl_async_signals($kind === 'async');
}
$socket = $database = null;
if ($option['wait'] === 'socket') {
    [$socket] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
}
if ($option['wait'] === 'mariadb') {
    $database = new PDO("mysql:unix_socket={$option['socket']}", 'root', '');
}
$note('ready ' . getmypid());
for ($job = 1; !$stop && ($option['jobs'] == 0 || $job <= $option['jobs']); $job++) {
    if ($socket !== null) {
        stream_set_timeout($socket, 2);
        fread($socket, 1);
        if ($stop) break;
    }
    if ($database !== null) {
        $database->query('SELECT SLEEP(2)')->fetchAll();
        if ($stop) break;
    }
    if ($option['busy'] !== '') touch($option['busy']);
    $id = getmypid() . ".$job";
    $note(sprintf('start %s %.3f', $id, microtime(true)));
    if ($option['helper'] > 0) {
        shell_exec("php $lab/helper.php {$option['helper']} $lab/jobs");
    }
    if ($option['orphan'] > 0) {
        shell_exec("php $lab/helper.php {$option['orphan']} $lab/jobs >/dev/null 2>&1 &");
    }
    $work((float) $option['job']);
    while ($option['hold'] !== '' && is_file($option['hold'])) {
        $work(0.05);
        clearstatcache();
    }
    $note("end $id");
    if ($option['log'] !== '') file_put_contents($option['log'], "log $id\n", FILE_APPEND);
    echo "done $id\n";
    if ($option['busy'] !== '') unlink($option['busy']);
    if ($kind === 'dispatch') pcntl_signal_dispatch();
    $work((float) $option['gap']);
}
$note('stop');
exit((int) $option['exit']);
