#!/usr/bin/env bash
# cli_test.sh SANDBOX_RUN: the command from outside: exit codes, streams, every limit, what is
# visible inside, reports against their schema, and that nothing is left behind. As root all of it
# is done again as an ordinary user.
# shellcheck source=../../scripts/checks.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../scripts/checks.sh"

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
room=$here/../../../sandbox
nobody=65534

# Where an ordinary user may work too.
chmod 755 "$scratch"
mkdir -m 777 "$scratch/work"
install -m 755 "$1" "$scratch/sandbox-run"
sandbox_run=$scratch/sandbox-run
cd -- "$scratch/work" || exit
as=()  # how to become the user that is tested

# 100 MB in steps, so that samples see it where there is no control group.
grow='import time; x = [(b"x" * 1000000, time.sleep(0.002)) for i in range(100)]'

run() {
  code=0
  "${as[@]}" "$sandbox_run" "$@" >out 2>err </dev/null || code=$?
}

# ends WHAT CODE STDOUT STDERR ARGUMENTS...
ends() {
  local what="${as[0]:-caller}: $1" expected=$2 out=$3 err=$4
  shift 4
  run "$@"
  same "$what: exit code" "$code" "$expected"
  same "$what: standard output" "$(cat out)" "$out"
  same "$what: standard error" "$(cat err)" "sandbox-run: $err"
}

# passes WHAT CODE STDOUT ARGUMENTS...: nothing is said about it.
passes() {
  local what="${as[0]:-caller}: $1" expected=$2 out=$3
  shift 3
  run "$@"
  same "$what: exit code" "$code" "$expected"
  same "$what: standard output" "$(cat out)" "$out"
  same "$what: standard error" "$(cat err)" ''
}

# field FILE EXPRESSION: of a report
field() {
  node -p "const r = JSON.parse(require('fs').readFileSync('$1', 'utf8')); r.$2"
}

check_exit_codes() {
  passes 'a program that works' 0 'hello' -- echo hello
  passes 'its exit code' 7 '' -- sh -c 'exit 7'
  passes 'its signal' 139 '' -- sh -c 'kill -SEGV $$'
  run -- sh -c 'echo out; echo err >&2'
  same 'both outputs, apart' "$(cat out):$(cat err)" 'out:err'
  passes 'no limit: bytes come as they are' 0 $'\e[31m\xff' -- printf '\033[31m\377'

  ends 'nowhere' 127 '' "'no-such-program' is not in /usr/local/bin, /usr/bin or /bin; for a \
program that stands elsewhere write its path, e.g. ./no-such-program" -- no-such-program
  ends 'a path that is not there' 127 '' "'./missing': No such file or directory (ENOENT)" \
    -- ./missing
  ends 'a folder' 126 '' "'/usr' is no file; name a program" -- /usr
  ends 'no program' 126 '' "'./plain' is not executable; chmod +x it, or name the interpreter \
that runs it" -- ./plain
  ends 'an interpreter that is not there' 126 '' "execve: '/box/lost': No such file or directory \
(ENOENT); the program and its interpreter must be there inside, and the mode must let others \
read and execute them" -- ./lost
  ends 'a wrong option' 125 '' "--cpu: '2' has no unit; write 2s" --cpu 2 -- true
  ends 'a step of the set-up that fails' 125 '' "open bind: '/no/such/file': No such file or \
directory (ENOENT); the source must exist on the host and be readable" \
    --read /no/such/file:/box/x -- true
  ends 'a place that is taken' 125 '' "'/tmp/x': /tmp is the sandbox's own; choose another \
place, e.g. below /box" --read plain:/tmp/x -- true
  ends 'a report that cannot be written' 125 '' \
    "'/no/such/folder/r': open: No such file or directory (ENOENT)" \
    --report /no/such/folder/r -- true
  code=0
  "${as[@]}" "$sandbox_run" -- echo lost >/dev/full 2>err || code=$?
  same 'output that cannot be handed over' "$code:$(cat err)" \
    '125:sandbox-run: standard output: write: No space left on device (ENOSPC)'
}

# Beside each limit the same program below it.
check_limits() {
  local spin='while :; do :; done'
  ends 'cpu' 124 '' 'ended by the CPU limit of 200 ms' --cpu 200ms -- sh -c "$spin"
  ends 'wall' 124 'before' 'ended by the wall limit of 300 ms' \
    --wall 300ms -- sh -c 'echo before; sleep 60'
  passes 'below wall' 0 '' --wall 10s -- sleep 0.3
  run --memory 48MiB -- /usr/bin/python3 -c "$grow"
  same 'memory' "$code:$(tail -n 1 err)" '137:sandbox-run: ended by the memory limit of 48 MiB'
  passes 'below memory' 0 '' --memory 256MiB -- /usr/bin/python3 -c "$grow"
  ends 'output' 153 'abcd' 'ended by the output limit of 4 B' --output 4B -- printf abcde
  passes 'below output' 0 'abcd' --output 4B -- printf abcd
  run --processes 2 -- sh -c 'sleep 0 & sleep 0 & sleep 0 & wait; exit 3'
  same 'processes' "$code:$(grep -c 'Cannot fork' err)" '2:1'
  passes 'below processes' 3 '' --processes 4 -- \
    sh -c 'sleep 0 & sleep 0 & sleep 0 & wait; exit 3'
  local fill='head -c 8192 /dev/zero >/tmp/a && head -c 8192 /dev/zero >/tmp/b'
  run --scratch 12KiB -- sh -c "$fill"
  same 'scratch' "$code:$(grep -c 'No space left' err)" '1:1'
  passes 'below scratch' 0 '' --scratch 16KiB -- sh -c "$fill"
  run --scratch-files 2 -- sh -c 'cd /tmp && touch a b && touch c'
  same 'scratch files' "$code:$(grep -c 'No space left' err)" '1:1'
  passes 'below scratch files' 0 '' --scratch-files 3 -- sh -c 'cd /tmp && touch a b && touch c'
  local write='exec head -c 8192 /dev/zero >/tmp/a'
  passes 'file size' 153 '' --file-size 4096B -- sh -c "$write"
  passes 'below file size' 0 '' --file-size 8KiB -- sh -c "$write"
  local open='import os; [os.open("/dev/null", 0) for i in range(13)]'  # and three streams
  run --files 15 -- /usr/bin/python3 -c "$open"
  same 'files' "$code:$(grep -c 'Too many open files' err)" 1:1
  passes 'below files' 0 '' --files 16 -- /usr/bin/python3 -c "$open"
  passes '--quiet' 124 '' --quiet --wall 100ms -- sleep 60
}

check_inside() {
  passes 'a program of ours' 3 '/box/ours one' -- ./ours one
  passes 'the same by its whole path' 3 '/box/ours' -- "$PWD/ours"
  passes 'where --read shows it anyway' 3 '/box/x/ours' --read .:/box/x -- ./ours
  passes 'by its path inside' 3 '/box/x/ours' --read .:/box/x -- /box/x/ours
  passes 'as a copy' 3 '/box/copy' --copy ours:/box/copy -- /box/copy
  run --copy plain:/box/ours -- ./ours
  same 'where something else stands' "$code:$(cat err)" "126:sandbox-run: './ours' would stand at \
'/box/ours', where --read or --copy has put something else; name the command by a path inside"

  run -- cat "$PWD/plain"
  same 'files of the host are not there' "$code:$(cat out)" '1:'
  passes 'unless they are shown' 0 'plain text' --read plain:/box/plain -- cat plain
  run --read .:/box/x -- sh -c 'echo more >>/box/x/plain'
  same 'and then cannot be written' "$code:$(cat plain)" '2:plain text'
  passes 'copies can be read whatever their mode' 0 'secret' --copy secret:/box/s -- cat s
  SEEN=yes passes 'the environment is ours alone' 0 \
    $'A=b\nHOME=/tmp\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin' \
    --env A=b -- sh -c '/usr/bin/env | grep -v ^PWD= | sort'

  passes 'no standard input' 0 '0' -- wc -c
  passes 'standard input from a file' 0 'plain text' --stdin plain -- cat
  same 'standard input from a pipe, larger than the pipe' \
    "$(head -c 1000000 /dev/zero | "${as[@]}" "$sandbox_run" --stdin - -- wc -c)" 1000000
  same 'which need not be read' \
    "$(head -c 1000000 /dev/zero | "${as[@]}" "$sandbox_run" --stdin - -- echo no)" no

  passes 'an artifact' 0 '' --artifact /tmp/r=kept -- sh -c 'echo result >/tmp/r'
  same 'comes out' "$(cat kept)" 'result'
  ends 'an artifact that is not there' 0 '' "--artifact: '/tmp/r': the program did not write it" \
    --artifact /tmp/r=kept -- true
  ends 'an artifact that is a link' 0 '' \
    "--artifact: '/tmp/r': a symbolic link is on its path" \
    --artifact /tmp/r=kept -- ln -s /etc/passwd /tmp/r
  same 'what was kept before stays' "$(cat kept)" 'result'
}

check_reports() {
  run --report exited.json -- sh -c 'exit 9'
  same 'an exit' "$code:$(cat out err):$(field exited.json exit.code)" '9::9'
  run --report signaled.json --artifact /tmp/a=kept --artifact /tmp/b=kept -- \
    sh -c 'echo >/tmp/a; kill -ABRT $$'
  same 'a signal' "$code:$(field signaled.json exit.signal)" '134:SIGABRT'
  same 'artifacts' "$(field signaled.json 'artifacts.map((a) => a.bytes ?? a.why_not).join()')" \
    '1,the program did not write it'
  run --report wall.json --wall 100ms -- sleep 60
  same 'a limit' "$code:$(cat err):$(field wall.json ended_by)" '124::wall_limit'
  same 'the limit that was given' "$(field wall.json limits.wall_ms)" 100
  run --report cpu.json --cpu 100ms -- sh -c 'while :; do :; done'
  same 'cpu' "$(field cpu.json ended_by)" cpu_limit
  run --report memory.json -- /usr/bin/python3 -c "$grow"
  same 'memory' "$code:$(field memory.json ended_by)" 137:memory_limit
  run --report output.json -- yes
  same 'output' "$code:$(field output.json ended_by)" 153:output_limit
  run --report forbidden.json -- /usr/bin/python3 -c \
    'import ctypes; ctypes.CDLL(None).syscall(321, 0, 0, 0)'  # bpf
  same 'a forbidden call' "$code:$(field forbidden.json ended_by)" 159:forbidden_syscall
  run --report - -- sh -c 'echo out; printf "\377" >&2; exit 4'
  cp out within.json
  same 'with both outputs' "$code:$(cat err):$(field within.json standard_output.data)" '4::out'
  same 'the other as base64' "$(field within.json 'standard_error.data')" '/w=='
  if ! node "$here/validate.mjs" "$room/run/report.schema.json" ./*.json; then
    failures=$((failures + 1))
  fi
  echo '{"schema": 1}' >wrong
  if node "$here/validate.mjs" "$room/run/report.schema.json" wrong 2>/dev/null; then
    same 'a wrong report' allowed refused
  fi
  run --report failed.json --read /no/such/file:/box/x -- true
  same 'no run, no report' "$code:$(cat failed.json)" '125:'
  rm -f ./*.json
}

check_tiers() {
  run --report - -- true
  cp out tier.json
  tier=$(field tier.json enforced.tier)
  passes 'the tier of this host' 0 '' --require-tier "$tier" -- true
  run --tier C --report - -- true
  cp out tier.json
  same 'a weaker tier' "$code:$(field tier.json enforced.tier)" 0:C
  if [[ $tier != A ]]; then
    run --require-tier A -- true
    same 'a better tier' "$code:$(grep -o "^sandbox-run.*reaches $tier" err)" \
      "125:sandbox-run: --require-tier: tier A is required, and this host reaches $tier"
  fi
  run --doctor
  same 'the doctor' "$code:$(grep -c "^\* $tier  " out):$(cat err)" 0:1:
  rm tier.json
}

groups_of() {
  find /sys/fs/cgroup -type d -name "judge-$1-*" 2>/dev/null || true
}

# Signals are ignored in the background jobs of a script, and sandbox-run respects that.
check_interrupts() {
  local signal pid number
  for signal in INT:130 TERM:143 HUP:129 KILL:137; do
    env --default-signal "${as[@]}" "$sandbox_run" --wall 60s --report report.json -- \
      sh -c 'echo before; sleep 1234569 & exec sleep 1234569' >out 2>err </dev/null &
    pid=$!
    until number=$(pgrep -c -f '^sleep 1234569') && ((number == 2)); do :; done
    if [[ $tier != C && -z $(groups_of $pid) ]]; then
      same 'control groups of a run' 'none is found' 'some, or their absence proves nothing'
    fi
    kill "-${signal%:*}" $pid
    code=0
    wait $pid 2>/dev/null || code=$?
    same "$signal: ends by the signal" "$code" "${signal#*:}"
    if [[ $signal == KILL:* ]]; then
      while pgrep -f '^sleep 1234569' >/dev/null; do :; done  # or the test's time runs out
      continue  # groups stay, until the next run after a minute
    fi
    same "$signal: tells what there was" "$(cat out err):$(field report.json ended_by)" \
      before:caller
    same "$signal: no process is left" "$(pgrep -f '^sleep 1234569' || true)" ''
    same "$signal: no control group is left" "$(groups_of $pid)" ''
    rm report.json
  done
  rm -f report.json
}

everything() {
  rm -f -- ./*
  echo 'plain text' >plain
  # shellcheck disable=SC2016  # expanded inside
  install -m 755 <(printf '#!/bin/sh\necho "$0${1:+ $1}"\nexit 3\n') ours
  install -m 755 <(printf '#!/no/such/interpreter\n') lost
  "${as[@]}" sh -c 'umask 077; echo secret >secret'
  check_exit_codes
  check_limits
  check_inside
  check_reports
  check_tiers
  check_interrupts
}

run --doctor
if ((code != 0)); then
  echo "SKIPPED: programs cannot be isolated here: $(cat err)"
  exit 0
fi
run --version
same 'the version' "$code:$(grep -c '^sandbox-run [0-9]' out)" 0:1
run --help
same 'the help' "$code:$(head -n 1 out)" '0:Usage: sandbox-run [OPTIONS] -- COMMAND [ARGUMENTS...]'
if command -v groff >/dev/null; then
  same 'the man page' "$(groff -man -Tutf8 -ww -z "$room/sandbox-run.1" 2>&1)" ''
fi
everything
if ! /usr/bin/python3 "$here/terminal_test.py" "$sandbox_run"; then
  failures=$((failures + 1))
fi
if ((EUID == 0)); then
  as=(setpriv "--reuid=$nobody" "--regid=$nobody" --clear-groups)
  run --doctor
  if ((code == 0)); then
    everything
  else
    echo 'an ordinary user cannot isolate programs here; that part was left out'
  fi
fi
finish
