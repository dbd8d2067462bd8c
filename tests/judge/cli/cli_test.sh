#!/usr/bin/env bash
# cli_test.sh JUDGE SCHEMA: the command line from outside: exit codes, streams, files, and that
# nothing is left behind.
# shellcheck source=../../scripts/checks.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../scripts/checks.sh"

judge=$1
schema=$2
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
problem=bounded-concurrency-runner
shipped=$here/../../../problems/$problem/submissions
right=$shipped/accepted/workers.mjs
wrong=$shipped/wrong_answer/limit_plus_one.mjs
cd -- "$scratch"

run() {
  code=0
  "$judge" "$@" >out 2>err || code=$?
}

# ---- grading ----

run grade $problem "$right" --json -
same 'a right solution: exit code' "$code" 0
same 'standard error stays empty off a terminal' "$(cat err)" ''
cp out accepted.json

run grade $problem "$wrong" --json wrong.json
same 'a wrong solution: exit code' "$code" 1
same 'the summary begins with the verdict' "$(head -c 12 out)" 'wrong answer'
same 'colours only on a terminal' "$(grep -c $'\x1b' out)" 0

cat >facts.mjs <<'EOF'
import { readFileSync } from 'node:fs';
const verdict = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const failed = verdict.criteria.filter((c) => c.status === 'not_met');
const starts = failed[0].evidence.trace.filter((e) => e.event === 'started');
const tasks = new Set(starts.map((e) => e.input)).size;
console.log(verdict.verdict, failed.map((c) => c.id).join(), tasks);
EOF
same 'the one criterion that is broken, shown with two tasks' \
  "$(node facts.mjs wrong.json)" 'wrong_answer bounded 2'

run replay wrong.json --times 20
same 'every replay fails again' "$code" 0
same 'and says so' "$(grep -o 'failed 20 of 20' out)" 'failed 20 of 20'

cp "$right" mended.mjs
run replay wrong.json mended.mjs
same 'a mended solution: the counterexample no longer fails' "$code" 1

# ---- the same bytes, the same verdict ----

without_usage() {
  node -e 'const verdict = JSON.parse(require("fs").readFileSync(0, "utf8"));
    delete verdict.usage; console.log(JSON.stringify(verdict))'
}
first=$(without_usage <wrong.json)
for _ in 1 2 3 4 5 6 7 8 9; do
  "$judge" grade $problem "$wrong" --json wrong.json >out || true
  same 'graded again: byte for byte, usage aside' "$(without_usage <wrong.json)" "$first"
done

# ---- hostile programs ----

verdicts=()
for file in "$here"/hostile/*; do
  expected=$(sed -n '1s/^.* verdict: //p' "$file")
  name=${file##*/}
  run grade $problem "$file" --json -
  cp out "$name.json"
  verdicts+=("$name.json")
  same "$name: exit code" "$code" 1
  found=$(node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).verdict' <out)
  same "$name: verdict" "$found" "$expected"
done
same 'no process is left behind' "$(pgrep -f '^/bin/sleep 1234567' || true)" ''

if ! node "$here/validate.mjs" "$schema" accepted.json wrong.json "${verdicts[@]}"; then
  failures=$((failures + 1))
fi

# ---- interrupted ----

# While the host is examined, and later, while programs run.
for delay in 0 0.02 0.05 0.3 0.7; do
  "$judge" grade $problem "$right" --json interrupted.json >out 2>err &
  pid=$!
  until pgrep --parent $pid >/dev/null; do :; done  # the launcher is there
  sleep $delay
  kill -TERM $pid
  code=0
  wait $pid || code=$?
  same "interrupted after $delay s: ends by the signal" "$code" 143
  same "interrupted after $delay s: tells no result" \
    "$(cat out; ls interrupted.json 2>/dev/null || true)" ''
  groups=$(find /sys/fs/cgroup -type d -name "judge-$pid-*" 2>/dev/null || true)
  same "interrupted after $delay s: no control group is left" "$groups" ''
done

# ---- wrong requests ----

refused() {
  local what=$1 expected=$2
  shift 2
  run "$@"
  same "$what: exit code" "$code" 2
  same "$what: nothing on standard output" "$(cat out)" ''
  same "$what: message" "$(cat err)" "$expected"
}
printf '' >empty.mjs
printf 'a\0b' >binary.mjs
printf 'x' >notes.txt
refused 'an unknown problem' "'bounded-concurency-runner' is no problem; did you mean \
'bounded-concurrency-runner'?" \
  grade bounded-concurency-runner "$right"
refused 'an empty file' 'empty.mjs: is empty; write a solution into it' grade $problem empty.mjs
run grade $problem missing.mjs
same 'a missing file' "$code" 2
run grade $problem binary.mjs
same 'a binary file' "$code" 2
run grade $problem notes.txt
same 'an unknown language' "$code" 2
run grade $problem
same 'a missing argument' "$code" 2
run --version
same 'the version' "$code:$(grep -c '^judge [0-9]' out)" 0:1
run --help
same 'the help' "$code" 0
run problems
same 'the list of problems' "$code:$(grep -c "^$problem " out)" 0:1
run show $problem
same 'a statement' "$code" 0
# ---- authors and candidates ----

run new two-words
same 'a new problem: exit code' "$code:$(find problems/two-words -type f | wc -l)" 0:9
run new two-words
same 'a second time: nothing is overwritten' "$code" 2
run check problems/two-words
same 'a new problem passes its check' "$code" 0
same 'which prints what its wrong solutions fail' \
  "$(grep -c '^  order_of_completion.mjs *· *✗ *·' out)" 1
sed -i '1s/ordered/fails/' problems/two-words/submissions/wrong_answer/order_of_completion.mjs
run check problems/two-words
same 'a solution that fails something else than it declares' "$code" 1
sed -i '1s/fails$/ordered/' problems/two-words/submissions/wrong_answer/order_of_completion.mjs
sed -i 's/"fulfilled && same(/"fulfilled \&\& result.length >= 0 \&\& same(/' \
  problems/two-words/problem.yaml
run check problems/two-words
same 'a predicate that fails on odd values' \
  "$code:$(grep -c '^✗ two-words, nonsense: undefined.mjs' out)" 1:1
run start csv-to-ndjson-stream attempt --language python
same "a candidate's folder" "$code:$(find attempt -name '*.py' -o -name '*.stdin' | wc -l)" 0:7
run doctor
same 'the doctor' "$code" 0

finish
