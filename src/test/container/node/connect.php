<?php
// A job as there are many: it asks a database, a cache and two services, each by a name of the company. What it prints must
// not depend on how the names are written; then it looks the name MARK up, once, and stays.
// usage: connect.php [again], which tries until all servers are there

function connect(): array
{
    $database = new PDO(getenv('DATABASE_DSN'), 'root', '');
    $redis = new Redis();
    $redis->connect(getenv('REDIS_HOST'), 6379, 5);
    $legacy = fsockopen(getenv('LEGACY_HOST'), 8080, $code, $text, 5) ?: throw new RuntimeException($text);
    return [
        'mysql' => $database->query("SELECT 'a row'")->fetchColumn(),
        'redis' => $redis->ping('pong'),
        'http' => pay(),
        'hosts file' => stream_socket_get_name($legacy, true),
    ];
}

// Two requests: the second one brings the cookies of the first. Then what the jar has: domain and name.
function pay(): array
{
    $curl = curl_init();
    curl_setopt_array($curl, [
        CURLOPT_URL => getenv('PAYMENT_URL'), CURLOPT_CAINFO => getenv('CERTIFICATE'), CURLOPT_RETURNTRANSFER => true,
        CURLOPT_FAILONERROR => true, CURLOPT_COOKIEFILE => '', CURLOPT_TIMEOUT => 10,
    ]);
    $answers = [];
    for ($i = 0; $i < 2; $i++) {
        $answer = curl_exec($curl);
        $answers[] = $answer === false ? throw new RuntimeException(curl_error($curl)) : $answer;
    }
    foreach (curl_getinfo($curl, CURLINFO_COOKIELIST) as $cookie) {
        $fields = explode("\t", $cookie);
        $answers[] = "cookie $fields[5] of $fields[0]";
    }
    return $answers;
}

while (true) {
    try {
        echo json_encode(connect(), JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR), "\n";
        break;
    } catch (Exception $e) {
        echo 'failed: ', $e->getMessage(), "\n";
        if (($argv[1] ?? '') !== 'again') break;
        sleep(1);
    }
}
gethostbyname(getenv('MARK'));
echo "done\n";
pcntl_async_signals(true);
pcntl_signal(SIGTERM, fn() => exit(0));
while (true) sleep(60);
