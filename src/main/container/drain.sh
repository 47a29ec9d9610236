#!/bin/sh
# Lets a PHP worker finish its job before its container ends.
#
#   drain.sh wrap FLAGS -- COMMAND...    the container's first process; starts COMMAND and is its parent
#   drain.sh hook FLAGS -- [COMMAND...]  preStop hook beside the image's own entrypoint; COMMAND is the user's own hook
#
#   --signal NAME           what the PHP program wants to get: TERM INT QUIT HUP USR1 USR2 WINCH
#   --grace SECONDS         terminationGracePeriodSeconds of the pod
#   --pre-stop-sleep N      hook: the user's own hook is a sleep; wrap: seconds that the user's hook takes from the grace
#   --report FILE           where the drain report goes: the termination message
#   --busy-file FILE        the program keeps it while it works on a job
#   --on-exit RestartInPlace|ExitContainer   --start-seconds N   --start-retries N   as supervisord does
#   --log GLOB              log files that are followed to stdout; may be given several times
#
# It needs a POSIX sh (dash, bash, busybox), /proc and `sleep`; `tail` for --log. Without `sleep` it works too, but does
# not rest while it waits. It writes no file but the report and uses no here-document, because shells make a
# temporary file of one and the root file system may be read-only.
#
# Each variable begins with _ : the container may have a `role` or a `signal` of its own in its environment, and an
# assignment here would change it for the program.

# Before anything else: a signal without a trap is lost for the first process of a container.
_received='' _then=''
trap '_last=$? _received=${_received:-TERM}; $_then' TERM
trap '_last=$? _received=${_received:-QUIT}; $_then' QUIT
trap '_last=$? _received=${_received:-WINCH}; $_then' WINCH
trap '_last=$? _received=${_received:-INT}; $_then' INT

_say() { echo "monolift: $*" >&2; }

# ---- processes ------------------------------------------------------------------------------------------------------

# Sets _table to PID:PPID:STATE:SESSION:STARTED:EXIT of all processes that can be seen.
_scan() {
  _table=
  for _dir in /proc/[0-9]*; do
    _line=
    { while read -r _more; do _line=$_line$_more; done <"$_dir/stat"; } 2>/dev/null
    # a name may hold anything, even ") "
    # shellcheck disable=SC2086 # numbers
    set -- ${_line##*) }
    [ $# -lt 21 ] || _table="$_table ${_dir#/proc/}:$2:$1:$4:${20}:${_line##* }"
  done
}

# Sets _value to the low half of a signal mask, as a number: SigCgt (caught) or SigIgn (ignored) of a process.
_mask() {
  _value=0
  { while read -r _key _hex; do
    [ "$_key" != "$1:" ] || _value=$((0x${_hex#????????}))
  done <"/proc/$2/status"; } 2>/dev/null
}

_has() { [ $((_value >> ($1 - 1) & 1)) = 1 ]; }

# PHP itself catches HUP INT QUIT USR1 USR2 TERM PROF once it is up ("Zend signals", the default build). Without a
# handler of the script it then dies of the signal all the same, so for PHP the mask tells only that PHP is up.
_is_php() { [ $((_value & 0x4004a07)) = $((0x4004a07)) ]; }

# Whether two names lead to the same file, pipe or namespace.
# shellcheck disable=SC3013 # in POSIX since 2024; dash, bash and busybox have long had it
_same() { [ "$1" -ef "$2" ]; }

_in() { case " $2 " in *" $1 "*) return 0 ;; esac; return 1; }

# Whether a process belongs to this container; with shareProcessNamespace others can be seen, and must not be touched.
_is_ours() { _same "/proc/$1/ns/mnt" "/proc/$$/ns/mnt"; }

# Sets _name to the command name of a process, fit for JSON.
_name_of() {
  _name=
  { read -r _name <"/proc/$1/comm"; } 2>/dev/null
  case $_name in *[!A-Za-z0-9._:+-]*) ;; *) return ;; esac
  _rest=$_name _name=
  while [ -n "$_rest" ]; do
    _char=${_rest%"${_rest#?}"} _rest=${_rest#?}
    case $_char in [A-Za-z0-9._:+-]) ;; *) _char=_ ;; esac
    _name=$_name$_char
  done
}

# Sets _kind: `between` does no work itself but starts or passes on; `idle` has nothing to lose; `work` is the rest.
_kind_of() {
  _name_of "$1"
  _kind=work
  case $_name in
    sh | bash | dash | ash | ksh | mksh | zsh | busybox | \
      tini | tini-static | docker-init | dumb-init | catatonit | supervisord | s6-svscan | s6-supervise | runsv | runsvdir | \
      env | timeout | nice | ionice | nohup | stdbuf | setsid | setpriv | gosu | su-exec | su | runuser | sudo | doas | chpst | flock)
      _kind=between; return ;;
    sleep | tail | cat | yes)
      # with a pipe as its input it is part of the program's output
      [ -p "/proc/$1/fd/0" ] || _kind=idle
      return ;;
  esac
  # A script that the kernel started by its first line has the script's name, and the shell's path before it.
  _line=
  { read -r _line <"/proc/$1/cmdline"; } 2>/dev/null
  case $_line in /*) ;; *) return ;; esac
  _line=${_line#/usr} _line=${_line#/local}
  case $_line in
    /bin/sh*"$_name"* | /bin/bash*"$_name"* | /bin/dash*"$_name"* | /bin/ash*"$_name"* | /bin/ksh*"$_name"* | /bin/zsh*"$_name"*)
      _kind=between ;;
  esac
}

# Sets _first to the container's first process, for a Hook: 1, but with shareProcessNamespace, where 1 is the pod's, the
# oldest of the container's own.
_find_first() {
  _first=1
  _name_of 1
  case $_name in pause | pod) ;; *) return ;; esac
  _scan
  _oldest=
  for _entry in $_table; do
    _pid=${_entry%%:*} _started=${_entry%:*} _started=${_started##*:}
    if [ "$_pid" != $$ ] && _is_ours "$_pid" && [ "$_started" -lt "${_oldest:-$((_started + 1))}" ]; then
      _oldest=$_started _first=$_pid
    fi
  done
}

# ---- time and report ------------------------------------------------------------------------------------------------

# Sets _now, in hundredths of a second. There is no clock among the shell's own commands.
_clock() {
  read -r _now _rest </proc/uptime
  _now=$((${_now%.*} * 100 + 1${_now#*.} - 100))
}

_nap() { sleep "${1:-0.1}" 2>/dev/null || sleep 1 2>/dev/null; }

_field() { _json="$_json,\"$1\":${2:-null}"; }

# Writes the report: its whole in one write, of less than 1 KiB, and over the last one, without emptying the file before:
# the container may end at any moment, and a Hook with it. Not being able to must not stop anything.
_write_report() {
  _json="{\"monolift\":1,\"role\":\"$_role_name\",\"state\":\"$1\""
  _state=$1 _seconds='' _busy=''
  if [ -n "$_asked" ]; then _clock; _seconds=$(((_now - _asked) / 100)); fi
  if [ -n "$_busy_file" ]; then [ -e "$_busy_file" ] && _busy=true || _busy=false; fi
  _field received "${_received:+\"$_received\"}"
  _field sent "${_sent:+\"$_signal\"}"
  _field targets "${_names:+[$_names]}"
  _field targetCount "$_count"
  _field seconds "$_seconds"
  _field exit "${2:-}"
  _field busy "$_busy"
  _field restarts "$_restarts"
  _field finding "${_finding:+\"$_finding\"}"
  _field detail "${_detail:+\"$_detail\"}"
  # not `:`, for which shells end when its redirection fails
  [ -n "$_length" ] || { printf '' >"$_report"; } 2>/dev/null
  [ ${#_json} -le "${_length:-0}" ] || _length=${#_json}
  { printf "%-${_length}s}\\n" "$_json" 1<>"$_report"; } 2>/dev/null
}

# The first finding stands.
_find() {
  [ -n "$_finding" ] && return
  _finding=$1 _detail=$2
  _say "$1: $2"
}

# ---- who has to be asked --------------------------------------------------------------------------------------------

# Sets, from the processes below $_first:
#   _work     the first ones that are not shells and the like: never the helpers that a job has started
#   _between  the shells and the like above them, all stopped, so that nothing new starts
#   _idle     sleeps and the like
#   _left     filters at the end of a pipe, and what dead parents have left behind: they get no signal
_look() {
  for _try in 1 2 3 4 5; do
    _again='' _work='' _between='' _idle='' _left='' _orphans=''
    _scan
    _sort_out
    _sort_orphans
    _part_filters
    # one that was stopped only now may have started something meanwhile
    [ -n "$_again" ] || break
  done
  _keep_exits
}

_sort_out() {
  set -- "$_first"
  if [ "$_first" != $$ ]; then
    _kind_of "$_first"
    _is_alive "$_first" || return
    if [ "$_kind" != between ]; then _work=$_first; return; fi
    [ "$_first" = 1 ] || _stop "$_first"
  fi
  # what has lost its parent goes to process 1; with shareProcessNamespace that is not the container's own
  [ "$_first" = 1 ] || set -- "$_first" 1
  while [ $# -gt 0 ]; do
    for _entry in $_table; do
      case $_entry in *:"$1":[!ZX]:*) ;; *) continue ;; esac
      _pid=${_entry%%:*}
      case $_pid in "$$" | "$_first" | "$_follower") continue ;; esac
      if [ "$1" = 1 ] && [ "$_first" != 1 ] && ! _is_ours "$_pid"; then continue; fi
      _session=${_entry#*:*:*:} _session=${_session%%:*}
      _kind_of "$_pid"
      case $_kind in
        between) _stop "$_pid"
          _sessions="$_sessions $_session"
          set -- "$@" "$_pid" ;;
        idle) _idle="$_idle $_pid" ;;
        *) if [ "$_role" = wrap ] && [ "$_pid" != "$_child" ] && { [ "$1" = "$_first" ] || [ "$1" = 1 ]; }; then
            _orphans="$_orphans $_pid:$_session"
          else
            _work="$_work $_pid"
            _sessions="$_sessions $_session"
          fi ;;
      esac
    done
    shift
  done
}

_stop() {
  _between="$_between $1"
  _in "$1" "$_stopped" && return
  _stopped="$_stopped $1"
  kill -s STOP "$1" 2>/dev/null && _again=yes
}

# What has lost its parent is a helper of a job, which gets no signal, or a daemon, which has a session of its own. A
# daemon that was there before the request and catches the signal wants it (php-fpm -D); others end with the container.
_sort_orphans() {
  for _entry in $_orphans; do
    _pid=${_entry%:*}
    if _in "$_pid" "$_known"; then _work="$_work $_pid"; continue; fi
    if _in "${_entry#*:}" "$_sessions"; then _left="$_left $_pid"; continue; fi
    _mask SigCgt "$_pid"
    if [ -z "$_known" ] && _has "$_number"; then _work="$_work $_pid"; fi
  done
}

# Takes from _work what reads the output of another: it gets no signal, because it ends when its input does, and
# would kill the program with SIGPIPE if it ended first.
_part_filters() {
  _all=$_work _work=
  for _pid in $_all; do
    if ! _in "$_pid" "$_filters" && [ -p "/proc/$_pid/fd/0" ]; then
      for _other in $_all $_between; do
        [ "$_other" != "$_pid" ] || continue
        if _same "/proc/$_pid/fd/0" "/proc/$_other/fd/1" || _same "/proc/$_pid/fd/0" "/proc/$_other/fd/2"; then
          _filters="$_filters $_pid"
          break
        fi
      done
    fi
    if _in "$_pid" "$_filters"; then _left="$_left $_pid"; else _work="$_work $_pid"; fi
  done
}

# Keeps the exit codes of those that have ended and that no stopped parent has asked for: sets _exits to PID=CODE.
_keep_exits() {
  for _entry in $_table; do
    case $_entry in *:*:[ZX]:*) ;; *) continue ;; esac
    _pid=${_entry%%:*} _status=${_entry##*:}
    if _in "$_pid" "$_known" && ! _in "$_pid" "$_ended"; then
      _ended="$_ended $_pid"
      if [ $((_status & 127)) = 0 ]; then _status=$((_status >> 8)); else _status=$((128 + (_status & 127))); fi
      _judge_exit "$_pid" $_status
      [ "$_exit" != 0 ] || _exit=$_status
    fi
  done
}

# A process that the signal itself has ended had no handler for it.
_judge_exit() {
  if [ "$2" = $((128 + _number)) ] && _in "$1" "$_told"; then
    _find NoHandler "process $1 has no handler for $_signal, which ended it"
  fi
}

# ---- asking them ----------------------------------------------------------------------------------------------------

# Sets when, after the request at $_asked, what is still running is late.
_plan() {
  _time=$((_grace * 100))
  # The pod's grace also has to do for the user's hook, which has run before a Wrap is asked.
  [ "$_role" = hook ] || _time=$((_time - _pre_stop * 100))
  _reserve=$((_time / 10))
  [ $_reserve -le 500 ] || _reserve=500
  [ $_reserve -ge 100 ] || _reserve=100
  [ $_reserve -le $((_time / 2)) ] || _reserve=$((_time / 2))
  _deadline=$((_asked + _time - _reserve))
  _half=$((_asked + _time / 2))
  # A younger process may still have to install its handler.
  _boot=$((_time / 4))
  [ $_boot -le 200 ] || _boot=200
  case $_signal in
    HUP) _number=1 ;; INT) _number=2 ;; QUIT) _number=3 ;; USR1) _number=10 ;; USR2) _number=12 ;; WINCH) _number=28 ;;
    *) _number=15 ;;
  esac
  # no character but those of ASCII in the patterns; the program has long got its environment
  LC_ALL=C
}

_is_alive() {
  case $_table in *" $1:"*) ;; *) return 1 ;; esac
  _line=${_table##*" $1:"}
  case ${_line#*:} in [ZX]*) return 1 ;; esac
}

_is_booting() {
  _started=${_table##*" $1:"} _started=${_started#*:*:*:} _started=${_started%%:*}
  # negative where the node lies about the time since its start (lxcfs)
  [ $((_now - _started)) -ge 0 ] && [ $((_now - _started)) -lt $_boot ]
}

# Gives the signal to a process, once.
_tell() {
  # its name first: it may be gone at once
  _name_of "$1"
  kill -s "${2:-$_signal}" "$1" 2>/dev/null
  _in "$1" "$_told" && return
  _told="$_told $1" _count=$((_count + 1)) _sent=yes
  [ $_count -gt 5 ] || _names="$_names${_names:+,}\"$_name\""
  _write_report Signalled
}

# Stops a process and looks whether it is between two jobs; if so it gets the signal and goes on with it, that is,
# without a handler it ends there.
_tell_between_jobs() {
  [ ! -e "$_busy_file" ] || return
  kill -s STOP "$1" 2>/dev/null
  for _try in 1 2 3 4 5 6 7 8 9 10; do
    read -r _line 2>/dev/null <"/proc/$1/stat" || return
    case $_line in *') '[TtZX]' '*) break ;; esac
    _nap 0.01
  done
  if [ ! -e "$_busy_file" ]; then
    _mask SigIgn "$1"
    if _has $_number; then _tell "$1" KILL; else _tell "$1" "${2:-$_signal}"; fi
  fi
  kill -s CONT "$1" 2>/dev/null
}

# Decides about a process that has not got the signal yet.
_ask() {
  _mask SigCgt "$1"
  if _has $_number && ! _is_php; then
    _tell "$1"
  elif _is_booting "$1"; then
    :
  elif ! _has $_number; then
    if [ $_now -ge $_deadline ]; then
      _find NoHandler "$_seen_name ($1) has no handler for $_signal"
      _tell "$1"
    elif [ -n "$_busy_file" ]; then
      _tell_between_jobs "$1"
    fi
  elif [ -z "$_busy_file" ] || [ $_now -ge $_half ]; then
    _tell "$1"
  else
    # Nothing shows whether the script has a handler. Between jobs the signal is right for both kinds, and in a job
    # it would cut the job of one that has none.
    _tell_between_jobs "$1"
  fi
}

# Looks after a process that has got the signal.
_watch() {
  if [ "$1" = 1 ]; then
    # The kernel does not let the signal end process 1; PHP takes its own catching back when it hands it on to nobody.
    _mask SigCgt 1
    _has $_number || _find NoHandler "$_seen_name (1) has no handler for $_signal"
  elif [ $_new_jobs -ge 2 ]; then
    # Blocked in a wait when the signal came, a good program may do one more job, but not two.
    _find HandlerNotRun "$_seen_name ($1) took new jobs after $_signal"
    _tell_between_jobs "$1" KILL
  fi
}

# Counts the jobs that were begun after the signal; short gaps between two are missed.
_count_jobs() {
  [ -n "$_sent" ] && [ -n "$_busy_file" ] || return
  if [ ! -e "$_busy_file" ]; then _gap=yes; elif [ -n "$_gap" ]; then _gap='' _new_jobs=$((_new_jobs + 1)); fi
}

# Says what is wrong before SIGKILL can come. In a Wrap at half the time too, in case that the user's own hook has used
# up the other half; the report of the end then takes it back. A Hook has no report of the end.
_complain() {
  if [ $_now -ge $_deadline ]; then [ "$_complained" != 2 ] || return; _complained=2
  elif [ $_now -ge $_half ] && [ "$_role" = wrap ]; then [ -z "$_complained" ] || return; _complained=1
  else return
  fi
  _before=$_finding
  if [ -n "$_before" ]; then :
  elif [ -z "$_sent" ]; then _finding=NoHandler _detail="$_seen_name has no handler for $_signal"
  elif [ -z "$_busy_file" ] || [ -n "$_gap" ] || [ $_new_jobs -gt 0 ]; then
    _finding=HandlerNotRun _detail="$_seen_name still ran $(((_now - _asked) / 100)) s after the request"
  fi # else it has been in one job all the time, which takes too long
  _write_report "$_state"
  [ $_complained = 2 ] || _finding=$_before
}

# Asks everything to end and waits until it has.
_drain() {
  while :; do
    _clock
    _look
    _count_jobs
    _unfinished=$_again _first_wave=''
    for _pid in $_work; do
      _in "$_pid" "$_held" && continue
      _unfinished=yes
      _name_of "$_pid"
      _seen_name=$_name
      if [ -n "$_looked" ] && ! _in "$_pid" "$_known"; then _ask_new "$_pid"; continue; fi
      _in "$_pid" "$_known" || _known="$_known $_pid"
      _in "$_pid" "$_new" || _first_wave=yes
      if _in "$_pid" "$_told"; then _watch "$_pid"; else _ask "$_pid"; fi
    done
    if [ "$_role" = hook ]; then
      _looked=yes
      [ -n "$_first_wave" ] || _tell_first
    fi
    [ -n "$_unfinished" ] || break
    [ -z "$_first_wave" ] || _complain
    _nap $_pace
  done
}

# ---- Wrap -----------------------------------------------------------------------------------------------------------

_wrap() {
  _first=$$
  if [ -n "$_logs" ]; then
    _follow &
    _follower=$!
  fi
  while [ -z "$_received" ]; do
    _run "$@"
    if [ -n "$_received" ] || [ "$_on_exit" != RestartInPlace ] || ! _may_start_again; then break; fi
    _restarts=$((_restarts + 1))
  done
  if [ -n "$_received" ]; then _end_wrapped; fi
  _leave
}

_leave() {
  if [ -n "$_follower" ]; then _end_logs; fi
  _write_report Ended "$_code"
  exit "$_code"
}

# Out of the trap itself: a signal that came just before `wait` would else be heard only when that returns.
_end_wrapped() {
  _then=
  # $? of a `wait` that was interrupted, or that had just returned
  _code=${_code:-${_last:-0}}
  _drain_wrapped
  _leave
}

_run() {
  _clock
  _born=$_now
  _code=
  # exec: a command may have the name of a function or of something built in
  (exec "$@") &
  _child=$!
  _then=_end_wrapped
  [ -n "$_received" ] || wait "$_child"
  _code=$?
  _then=
  [ -n "$_received" ] || _child=
}

# A program that ends too soon or with an error has failed. After a second, two seconds, three ... it is tried again,
# until it has failed too often in a row.
_may_start_again() {
  _clock
  if [ "$_code" = 0 ] && [ $((_now - _born)) -ge $((_start_seconds * 100)) ]; then
    _failures=0
    return 0
  fi
  _failures=$((_failures + 1))
  if [ $_failures -gt "$_start_retries" ]; then
    _find StartFailed "ended with code $_code after $(((_now - _born) / 100)) s, $_failures times in a row"
    return 1
  fi
  # in the background, because a shell runs its traps only between commands and while it waits
  sleep "$_failures" &
  _then=_end_wrapped
  [ -n "$_received" ] || wait $!
  _then=
  [ -z "$_received" ]
}

# A `wait` that the signal has interrupted has the signal's code, not the program's. bash (seen: 5.2) forgets the program's
# when both come together.
_lose_exit() {
  case $_received:$_code in
    TERM:143 | QUIT:131 | WINCH:156 | INT:130)
      _code=0
      _find ExitUnknown "ended in the moment of the signal, and the shell lost its exit code"
      ;;
  esac
}

_drain_wrapped() {
  _clock
  _asked=$_now
  _plan
  _write_report Asked
  _drain
  for _pid in $_between $_idle; do
    kill -s KILL "$_pid"
    [ "$_pid" != "$_child" ] || _code=$_exit _child=
  done 2>/dev/null
  if [ -n "$_child" ]; then
    # 127: it had ended before the signal came, and the shell has forgotten it
    wait "$_child"
    _last=$?
    # -1: so does bash
    case $_last in
      127 | -1) _lose_exit ;;
      *) _code=$_last; _judge_exit "$_child" "$_code" ;;
    esac
  fi
  # filters write their last lines, helpers of the last job come to their end
  while _look && [ -n "$_left$_work" ] && [ $_now -lt $_deadline ]; do
    _nap 0.1
    _clock
  done
}

# ---- log files ------------------------------------------------------------------------------------------------------

# Follows the files that there are and those that appear.
_follow() {
  _seen='
'
  # one pattern a line
  IFS='
'
  while :; do
    for _file in $_logs; do
      [ -f "$_file" ] || continue
      case $_seen in *"
$_file
"*) continue ;; esac
      _seen="$_seen$_file
"
      tail -n +1 -F "$_file" 2>/dev/null &
    done
    sleep 1 || exit
  done
}

# Ends them when they have had the time for a last look: where there is no inotify, tail looks once a second.
_end_logs() {
  _nap 1.3
  kill -s STOP "$_follower"
  _scan
  for _entry in $_table; do
    case $_entry in *:"$_follower":[A-Za-z]:*) kill -s KILL "${_entry%%:*}" ;; esac
  done
  kill -s KILL "$_follower"
} 2>/dev/null

# ---- Hook -----------------------------------------------------------------------------------------------------------

_hook() {
  _clock
  _asked=$_now
  _plan
  _find_first
  # often enough to see what is started again before it is up
  _pace=0.02
  _write_report Asked
  # the user's own hook; Kubernetes, too, goes on when it fails
  if [ $# -gt 0 ]; then "$@"; elif [ "$_pre_stop" != 0 ]; then sleep "$_pre_stop"; fi
  _drain
  # Shells that are left may give the container the code of the signal that ends them now.
  [ -z "$_between" ] || _write_report Ended "$_exit"
  for _pid in $_between; do _end_shell "$_pid"; done 2>/dev/null
  # In most cases the first process ends now, and this hook with it.
  while [ $_now -lt $_deadline ] || [ "$_finding" = StartedAgain ]; do
    for _pid in $_between $_idle $_held; do
      _in "$_pid" "$_over" || _hold "$_pid"
    done 2>/dev/null
    _nap $_pace
    _drain
    _is_alive "$_first" || break
  done
  # A first process that has heard its signal waits for what it has just started, which is held and has done nothing yet.
  [ $_patience -le 1 ] || for _pid in $_held $_between; do kill -s KILL "$_pid"; done 2>/dev/null
}

# A process of the program that is there after the first ones have got the signal, because process 1 cannot be stopped
# from inside. One that is just coming up is held where it is, so that who has started it waits for ever; one that is up
# may have a job, and is asked like the others.
_ask_new() {
  _known="$_known $1" _new="$_new $1"
  kill -s STOP "$1" 2>/dev/null
  _mask SigCgt "$1"
  if ! _has $_number; then _held="$_held $1"; return; fi
  [ $_now -lt $_patience ] || _mask SigCgt "$_first"
  [ $_now -lt $_patience ] || _has 15 || _find_started_again
  _tell "$1"
  kill -s CONT "$1" 2>/dev/null
}

# The signal of Kubernetes comes only when the hook has ended: too late for a first process that catches it and starts
# programs again until then. supervisord takes a second until it hears it.
_tell_first() {
  [ $_patience = 0 ] && [ "$_first" != "$_work" ] || return
  _patience=1
  _mask SigCgt "$_first"
  _has 15 || return
  kill -s TERM "$_first"
  _patience=$((_now + 300))
}

# Something that works on nothing is left. While the first process may still hear its signal, it is ended; afterwards
# it is held, so that nothing can come after it.
_hold() {
  if [ $_now -lt $_patience ]; then
    kill -s KILL "$1"
  elif _in "$1" "$_idle" && ! _is_child_of_first "$1"; then
    kill -s KILL "$1"
  else
    kill -s STOP "$1"
    _find_started_again
  fi
  _over="$_over $1"
}

_is_child_of_first() { case "$_table" in *" $1:$_first:"*) return 0 ;; esac; return 1; }

_find_started_again() {
  [ -z "$_finding" ] || return
  _find StartedAgain "process $_first goes on and starts programs after the signal"
  _write_report "$_state"
}

# Ends a shell that is stopped. TERM, where it does not catch that, gives the container a better exit code than KILL.
_end_shell() {
  _mask SigCgt "$1"
  _caught=$_value
  _mask SigIgn "$1"
  _value=$((_value | _caught))
  if _has 15; then kill -s KILL "$1"; else kill -s TERM "$1"; kill -s CONT "$1"; fi
  _over="$_over $1"
}

# ---- main -----------------------------------------------------------------------------------------------------------

_role=${1:-}
[ $# = 0 ] || shift
_signal=TERM _grace=30 _report=/dev/termination-log _busy_file='' _pre_stop=0 _logs=''
_on_exit=ExitContainer _start_seconds=1 _start_retries=3
while [ $# -gt 0 ]; do
  if [ "$1" = -- ]; then shift; break; fi
  # bash would not shift, and stay here for ever
  [ $# -gt 1 ] || { _say "the flag $1 has no value"; exit 64; }
  case $1 in
    --signal) _signal=$2 ;;
    --grace) _grace=$2 ;;
    --report) _report=$2 ;;
    --busy-file) _busy_file=$2 ;;
    --on-exit) _on_exit=$2 ;;
    --start-seconds) _start_seconds=$2 ;;
    --start-retries) _start_retries=$2 ;;
    --pre-stop-sleep) _pre_stop=$2 ;;
    --log) _logs="$_logs${_logs:+
}$2" ;;
    *) _say "unknown flag $1"; exit 64 ;;
  esac
  shift 2
done

_asked='' _sent='' _names='' _count=0 _restarts=0 _failures=0 _finding='' _detail='' _state=Asked
_pace=0.1 _child='' _follower='' _code=0 _exit=0
_known='' _told='' _ended='' _stopped='' _filters='' _sessions=''
_gap='' _new_jobs=0 _complained='' _looked='' _new='' _held='' _over='' _patience=0 _length=''

case $_role in
  wrap) _role_name=Wrap; _wrap "$@" ;;
  hook) _role_name=Hook; _hook "$@" ;;
  *) _say "usage: drain.sh wrap|hook FLAGS -- COMMAND..."; exit 64 ;;
esac
