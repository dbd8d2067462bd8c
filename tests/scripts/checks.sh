# Sourced by the tests of scripts/: a scratch folder of its own, and checks that name their line.
# shellcheck shell=bash
set -euo pipefail

# shellcheck disable=SC2034  # for whoever sources this
scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../scripts" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
failures=0

# same WHAT FOUND EXPECTED
same() {
  if [[ $2 == "$3" ]]; then return; fi
  printf '%s:%s: %s\n  found:    %q\n  expected: %q\n' \
    "${BASH_SOURCE[1]##*/}" "${BASH_LINENO[0]}" "$1" "$2" "$3"
  failures=$((failures + 1))
}

finish() {
  if ((failures > 0)); then
    echo "$failures checks failed"
    exit 1
  fi
  echo 'all checks hold'
}
