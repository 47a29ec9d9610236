<?php
// The queue of examples/php/worker.php, here as a table in MariaDB (jobs.sql).
//   QUEUE       whose jobs
//   QUEUE_DSN   the database; QUEUE_USER: the account, without a password
//   BUSY_FILE   a file to keep while there is a job; none when empty

/** The connection. There is never more than one. */
function db(bool $lost = false): ?PDO
{
    static $db = null;
    if ($lost) {
        return $db = null; // this closes it
    }
    if ($db === null) {
        $db = new PDO(getenv('QUEUE_DSN') ?: 'mysql:host=database;dbname=work', getenv('QUEUE_USER') ?: 'root', '');
        $arrival = $db->prepare(
            "INSERT INTO arrivals (account, pod, together)
             SELECT SUBSTRING_INDEX(USER(), '@', 1), ?, COUNT(*)
             FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(USER(), '@', 1)");
        $arrival->execute([gethostname()]);
    }
    return $db;
}

/** All or nothing. A connection that still works is kept: closed and opened again it would count twice for a moment. */
function atomically(callable $do): mixed
{
    try {
        db()->beginTransaction();
        $result = $do(db());
        db()->commit();
        return $result;
    } catch (PDOException $e) {
        complain($e);
        throw $e;
    }
}

function complain(PDOException $e): void
{
    fwrite(STDERR, 'database: ' . $e->getMessage() . "\n");
    try {
        if (db()->inTransaction()) {
            db()->rollBack();
        }
        db()->query('SELECT 1')->fetchAll();
    } catch (PDOException) {
        db(lost: true);
    }
}

/** What has happened must get into the books, however long that takes. */
function book(string $job, string $event, string $state): void
{
    $id = explode(' ', $job)[0];
    while (true) {
        try {
            atomically(fn(PDO $db) => write($db, $id, $event, $state));
            return;
        } catch (PDOException) {
            usleep(200_000);
        }
    }
}

function write(PDO $db, string $id, string $event, string $state): void
{
    $db->prepare('UPDATE jobs SET state = ? WHERE id = ?')->execute([$state, $id]);
    $db->prepare('INSERT INTO ledger (job, pod, event) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE job = job')
        ->execute([$id, gethostname(), $event]);
}

function take(PDO $db): ?string
{
    $query = $db->prepare(
        "SELECT id, millis, kind FROM jobs WHERE queue = ? AND state = 'queued'
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED");
    $query->execute([getenv('QUEUE')]);
    $job = $query->fetch(PDO::FETCH_NUM);
    if ($job === false) {
        return null;
    }
    write($db, (string) $job[0], 'started', 'started');
    return implode(' ', $job);
}

function next_job(): ?string
{
    try {
        $job = atomically(take(...));
    } catch (PDOException) {
        $job = null;
    }
    if ($job === null) {
        usleep(200_000);
    } elseif (getenv('BUSY_FILE')) {
        touch(getenv('BUSY_FILE'));
    }
    return $job;
}

function give_back(string $job): void
{
    book($job, 'returned', 'queued');
    unbusy();
}

function done(string $job): void
{
    book($job, 'finished', 'finished');
    unbusy();
    echo "done $job\n"; // a pipe has something to carry
}

function unbusy(): void
{
    if (getenv('BUSY_FILE')) {
        unlink(getenv('BUSY_FILE'));
    }
}

function work(string $job): void
{
    [, $millis, $kind] = explode(' ', $job);
    $end = microtime(true) + $millis / 1000;
    if ($kind === 'query') {
        try {
            db()->query('SELECT SLEEP(' . $millis / 1000 . ')')->fetchAll();
        } catch (PDOException $e) {
            complain($e);
        }
    }
    while (($left = $end - microtime(true)) > 0) {
        usleep((int) ($left * 1e6) + 1);
    }
}
