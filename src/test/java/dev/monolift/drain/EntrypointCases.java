package dev.monolift.drain;

import static dev.monolift.drain.EntrypointCase.ALPINE;
import static dev.monolift.drain.EntrypointCase.DEBIAN;
import static dev.monolift.drain.EntrypointCase.OWN;
import static dev.monolift.drain.EntrypointCase.container;

import java.util.List;
import java.util.stream.Stream;

/** The twelve broken and the six good shapes of the design, as people write them. */
final class EntrypointCases {
  private static final String SIGNAL = "pcntl_signal(SIGTERM, fn() => $GLOBALS['stop'] = true);";
  private static final String ASYNC = "pcntl_async_signals(true);";
  private static final String LOOP = "while (empty($stop)) { job(); }";
  private static final String TRAP =
      "trap 'kill -TERM \"$pid\"' TERM INT\nphp worker.php &\npid=$!\nwait \"$pid\"\n";
  private static final String SUPERVISORD = "[supervisord]\nnodaemon=true\n[program:mail]\n";

  private EntrypointCases() {}

  static Stream<EntrypointCase> all() {
    return Stream.of(programs(), scripts(), commands(), below(), images(), good(), goodShells())
        .flatMap(List::stream);
  }

  private static List<EntrypointCase> programs() {
    var none = EntrypointShape.NoHandler;
    var never = EntrypointShape.HandlerNotRun;
    return List.of(
        container(1, none, DEBIAN, "php", "-r", LOOP),
        container(
            1, none, DEBIAN, "php", "-r", "/* pcntl_signal() pcntl_async_signals(true) */ " + LOOP),
        container(1, none, OWN, "php", "-d", "x=1", "/app/w.php").with("w.php", "<?php\n" + LOOP),
        container(1, none, DEBIAN, "sh", "-c", "exec php /app/w.php")
            .with("w.php", "<?php " + LOOP),
        container(2, never, DEBIAN, "php", "-r", SIGNAL + LOOP),
        container(2, never, DEBIAN, "php", "-r", "pcntl_async_signals(false);" + SIGNAL + LOOP),
        container(2, never, DEBIAN, "/app/w")
            .with("w", "#!/usr/bin/env php\n<?php " + SIGNAL + LOOP));
  }

  private static List<EntrypointCase> scripts() {
    var shape = EntrypointShape.ScriptWithoutExec;
    String script = "#!/bin/sh\nset -e\ncd /srv\nphp artisan migrate\nphp worker.php \"$@\"\n";
    return List.of(
        container(3, shape, DEBIAN, "/app/run.sh").with("run.sh", script),
        container(3, shape, OWN, "sh", "/app/run.sh", "mail").with("run.sh", script).split(2),
        container(3, shape, ALPINE, "/app/run.sh").with("run.sh", script),
        container(4, EntrypointShape.ShellPipe, DEBIAN, "sh", "-c", "php worker.php | tee /log/x"),
        container(
            4, EntrypointShape.ShellPipe, ALPINE, "sh", "-c", "cd /srv && php w.php 2>&1|tee x"),
        container(4, EntrypointShape.ShellPipe, OWN, "bash", "-c", "exec php w.php | logger"),
        container(
            5,
            EntrypointShape.TrapWithoutForward,
            DEBIAN,
            "sh",
            "-c",
            "trap 'echo bye' TERM; php w.php"),
        container(
            5,
            EntrypointShape.TrapWithoutForward,
            DEBIAN,
            "sh",
            "-c",
            "trap 'exit 0' 15\nphp w.php & wait"),
        container(
            5, EntrypointShape.TrapWithoutForward, ALPINE, "sh", "-c", "trap '' TERM; php w.php"),
        container(5, EntrypointShape.TrapWithoutForward, OWN, "/app/run.sh")
            .with("run.sh", "trap 'kill $!' TERM\nphp worker.php\n"),
        container(
            6,
            EntrypointShape.ShellLoop,
            DEBIAN,
            "sh",
            "-c",
            "while true; do php w.php; sleep 1; done"),
        container(6, EntrypointShape.ShellLoop, ALPINE, "sh", "-c", "until php w.php\ndo :; done"),
        container(
            6,
            EntrypointShape.ShellLoop,
            OWN,
            "bash",
            "-ec",
            "run() { php w.php; }; while :; do run; done"),
        container(6, EntrypointShape.ShellLoop, OWN, "/app/run.sh")
            .with("run.sh", "while true; do php w.php | tee x; done\n"));
  }

  private static List<EntrypointCase> commands() {
    var forks = EntrypointShape.ShellForks;
    var redirect = EntrypointShape.ShellRedirect;
    var after = EntrypointShape.CommandAfter;
    return List.of(
        container(7, forks, DEBIAN, "sh", "-c", "php worker.php"),
        container(7, forks, DEBIAN, "/bin/sh", "-ec", "cd /srv && php 'worker.php' \"mail\""),
        container(7, forks, DEBIAN, "sh", "-c", "APP_ENV=prod nice -n 5 php worker.php"),
        container(7, forks, DEBIAN, "/bin/sh", "-c", "php $(WORKER)").split(2),
        container(7, forks, "debian:12", "dash", "-c", "timeout 3600 gosu www-data php worker.php"),
        container(
            7, forks, "ubuntu:24.04", "sh", "-c", "/usr/bin/php8.3 -d memory_limit=1G worker.php"),
        container(7, forks, DEBIAN, "env", "A=b", "sh", "-c", "php worker.php"),
        container(8, redirect, DEBIAN, "bash", "-c", "php worker.php >log"),
        container(8, redirect, OWN, "/bin/bash", "-lc", "cd /srv && exec 3>&1; php w.php 2>&1"),
        container(8, redirect, "ubi9/php-82", "sh", "-c", "php worker.php >> /log/x"),
        container(9, after, DEBIAN, "bash", "-c", "php worker.php; true"),
        container(9, after, ALPINE, "sh", "-c", "php worker.php || exit 1"),
        container(9, after, OWN, "bash", "-c", "php worker.php\necho done").split(1),
        container(9, after, OWN, "sh", "-c", "php worker.php && echo done"));
  }

  private static List<EntrypointCase> below() {
    var init = EntrypointShape.InitBeforeShell;
    var supervisord = EntrypointShape.SupervisordShell;
    String script = "cd /srv\nphp worker.php\n";
    return List.of(
        container(10, init, DEBIAN, "tini", "--", "/app/run.sh").with("run.sh", script),
        container(10, init, DEBIAN, "/usr/bin/tini", "-g", "--", "/app/run.sh")
            .with("run.sh", script),
        container(10, init, OWN, "dumb-init", "sh", "/app/run.sh").with("run.sh", script),
        container(10, init, OWN, "tini", "-s", "-e", "143", "sh", "-c", "php w.php; true").split(1),
        container(10, init, ALPINE, "docker-init", "--", "sh", "-c", "while :; do php w.php; done"),
        container(11, supervisord, DEBIAN, "supervisord", "-n", "-c", "/app/s.conf")
            .with("s.conf", SUPERVISORD + "command=sh -c 'php w.php; true'\nstopasgroup=true\n"),
        container(11, supervisord, OWN, "/usr/bin/supervisord", "-c", "/app/s.conf")
            .with(
                "s.conf",
                SUPERVISORD + "stopasgroup=true\ncommand = bash -c \"php w.php > x\" ; why\n"));
  }

  private static List<EntrypointCase> images() {
    var foreign = EntrypointShape.ForeignStopSignal;
    return List.of(
        container(12, foreign, "php:8.2-fpm", "php", "worker.php"),
        container(12, foreign, "php:8.2-apache", "php", "worker.php"),
        container(12, foreign, "php:8.2-fpm-alpine", "sh", "-c", "php worker.php"),
        container(12, foreign, "registry.example/php-fpm:1", "sh", "-c", "exec php worker.php"),
        container(12, foreign, "php:8.2-fpm", "php", "worker.php").split(0),
        container(12, foreign, "docker.io/library/php:8-apache-bookworm@sha256:0", "/srv/run.sh"));
  }

  private static List<EntrypointCase> good() {
    return List.of(
        container(13, EntrypointShape.DirectPhp, DEBIAN, "php", "worker.php"),
        container(13, EntrypointShape.DirectPhp, OWN, "php", "artisan", "queue:work").split(1),
        container(13, EntrypointShape.DirectPhp, DEBIAN, "php", "worker.php").split(0),
        container(
            13, EntrypointShape.DirectPhp, OWN, "/srv/artisan", "queue:work", "--max-jobs=500"),
        container(13, EntrypointShape.DirectPhp, OWN, "bin/console", "messenger:consume"),
        container(
            13, EntrypointShape.DirectPhp, OWN, "env", "-u", "A", "B=c", "nice", "php", "w.php"),
        container(13, EntrypointShape.DirectPhp, OWN, "gosu", "www-data", "php8.2", "w.php"),
        container(13, EntrypointShape.DirectPhp, OWN, "timeout", "-k", "5", "3600", "php", "w.php"),
        container(13, EntrypointShape.DirectPhp, OWN, "tini", "-g", "--", "php", "w.php"),
        container(13, EntrypointShape.DirectPhp, OWN, "docker-php-entrypoint", "php", "w.php"),
        container(13, EntrypointShape.PhpWithHandler, DEBIAN, "php", "-r", ASYNC + SIGNAL + LOOP),
        container(13, EntrypointShape.PhpWithHandler, OWN, "php", "/app/w.php")
            .with("w.php", "<?php # a\n" + SIGNAL + "while (1) { pcntl_signal_dispatch(); }"),
        container(13, EntrypointShape.DirectPhp, OWN, "php", "/app/w.php")
            .with("w.php", "<?php require 'vendor/autoload.php'; (new Worker())->run();"),
        container(14, EntrypointShape.ShellExec, DEBIAN, "/app/run.sh")
            .with("run.sh", "#!/bin/bash -e\nphp artisan migrate --force\nexec php w.php \"$@\"\n"),
        container(14, EntrypointShape.ShellExec, OWN, "sh", "/app/run.sh", "php", "w.php")
            .with("run.sh", "while ! nc -z db 3306; do sleep 1; done\nexec \"$@\"\n")
            .split(2),
        container(14, EntrypointShape.ShellExec, OWN, "tini", "--", "/app/run.sh")
            .with(
                "run.sh", "#!/bin/sh\nif [ \"$X\" ]; then\n  exec nice php w.php >>x 2>&1\nfi\n"));
  }

  private static List<EntrypointCase> goodShells() {
    var exec = EntrypointShape.ShellExec;
    var last = EntrypointShape.ShellLastCommand;
    String trap = "#!/bin/sh\nstop() { kill -TERM $pid; wait $pid; }\ntrap stop TERM\n";
    return List.of(
        container(15, exec, DEBIAN, "sh", "-c", "exec php worker.php"),
        container(
            15, exec, OWN, "bash", "-euo", "pipefail", "-c", "cd /srv && exec php w.php 2>&1"),
        container(15, exec, DEBIAN, "sh", "-c", "A=b exec gosu www-data php $(WORKER)"),
        container(15, exec, DEBIAN, "sh", "-c", "exec \"$@\"", "sh", "php", "w.php").split(3),
        container(15, exec, DEBIAN, "sh", "-c", "exec sh -c 'exec php w.php'"),
        container(16, last, ALPINE, "sh", "-c", "php worker.php"),
        container(16, last, ALPINE, "sh", "-c", "cd /srv && php worker.php >log 2>&1"),
        container(16, last, DEBIAN, "bash", "-c", "php worker.php"),
        container(16, last, OWN, "bash", "-lc", "set -e; cd /srv && A=b php worker.php"),
        container(16, last, "rockylinux:9", "sh", "-c", "php worker.php"),
        container(17, EntrypointShape.TrapForwards, DEBIAN, "sh", "-c", TRAP),
        container(17, EntrypointShape.TrapForwards, OWN, "/app/run.sh")
            .with("run.sh", trap + "php worker.php &\npid=$!\nwait $pid\n"),
        container(17, EntrypointShape.TrapForwards, OWN, "tini", "--", "/app/run.sh")
            .with("run.sh", trap + "php worker.php &\npid=$!\nwait $pid\n"),
        container(
                18,
                EntrypointShape.SupervisordDirect,
                DEBIAN,
                "supervisord",
                "-n",
                "-c",
                "/app/s.conf")
            .with("s.conf", SUPERVISORD + "command=php /srv/%(program_name)s.php\n"),
        container(18, EntrypointShape.SupervisordDirect, DEBIAN, "supervisord", "-c", "/app/s.conf")
            .with("s.conf", SUPERVISORD + "command=sh -c 'exec php w.php'\nstopasgroup=true\n"));
  }
}
