#!/usr/bin/env bash
# forging_test.sh JUDGE FILE: grades the attack FILE around the body that it names (README.md) and
# holds the verdict against its first line.
# shellcheck source=../../scripts/checks.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../../scripts/checks.sh"

judge=$1
attack=$(realpath -- "$2")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
problem=$(basename -- "$(dirname -- "$attack")")
shipped=$here/../../../problems/$problem/submissions
declare -A languages=([mjs]=javascript [ts]=typescript [py]=python)
language=${languages[${attack##*.}]}

cd -- "$scratch"

# head_of FILE KEY: what stands behind `KEY: ` in a comment line at its top.
head_of() { sed -nE "1,5s,^(//|#) $2: ,,p" "$1"; }

# What only a solution that does its work meets, besides what the body misses: else throwing at once
# would be a way to fail at nothing.
declare -A works=([bounded-concurrency-runner]=ordered [async-semaphore-mutex]=prompt
  [csv-to-ndjson-stream]=fields)
body=$shipped/$(head_of "$attack" body)
only=(--only "${works[$problem]}")
# A '?' stands behind what the body may fail.
for criterion in $(head_of "$body" fails | tr ',' ' '); do
  if [[ $criterion != *'?' ]]; then only+=(--only "$criterion"); fi
done

mkdir forged
cp "$body" "forged/body.${body##*.}"
right=$(head_of "$attack" right)
if [[ $right != '' ]]; then cp "$shipped/$right" "forged/right.${right##*.}"; fi
cp "$attack" "forged/solution.${attack##*.}"
code=0
"$judge" grade "$problem" forged --language "$language" "${only[@]}" --json verdict.json \
  >out 2>&1 || code=$?
if ((code > 1)); then cat out; fi
mapfile -t facts < <(node "$here/facts.mjs" verdict.json)
expected=$(head_of "$attack" verdict)
if [[ " ${expected//,/ } " == *" ${facts[0]} "* ]]; then expected=${facts[0]}; fi
same 'the verdict' "${facts[0]}" "$expected"
if [[ $(head_of "$attack" verdict) != *,* ]]; then
  same 'what the message says' "${facts[1]}" "$(head_of "$attack" says)"
fi
same 'characters that no terminal should meet' "${facts[2]}" ''
finish
