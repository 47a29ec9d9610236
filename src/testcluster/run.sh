#!/bin/sh
# Runs one program for as long as its starter lives: run.sh PROGRAM ARGUMENT...
#
# stdin is a pipe whose other end only the starter holds. When the starter ends, however it ends, the pipe closes and
# the program is killed; so a killed test run leaves no control plane behind. (A parent-death signal would not do: it
# fires when the starting *thread* ends.) SIGTERM is passed on; the exit code is the program's.

# A terminal's Ctrl-C goes to the whole group; the starter decides what it means.
trap '' INT HUP
exec 3<&0 </dev/null

# A session of its own keeps that Ctrl-C away from the program, where setsid exists.
setsid=$(command -v setsid)
$setsid "$@" 3<&- &
program=$!
trap 'kill -TERM "$program" 2>/dev/null' TERM

# A SIGTERM to the whole process group must not end the watch: the program may take its time, or ignore the signal.
(
  trap '' TERM
  while read -r _ <&3; do :; done
  kill -KILL "$program"
) 2>/dev/null &
watch=$!
exec 3<&-

wait "$program"
code=$?
# wait returns early when a signal arrives
while kill -0 "$program" 2>/dev/null; do
  wait "$program"
  code=$?
done
kill -KILL "$watch" 2>/dev/null
exit "$code"
