#!/usr/bin/env bash
# What scripts/setup installs, with whose rights and when; Debian's tools and npm are played by
# stand-ins that write down how they were called.
# shellcheck disable=SC2016  # stand-ins are written unexpanded
source "$(dirname -- "${BASH_SOURCE[0]}")/checks.sh"

checkout=$scratch/checkout
tools=$scratch/tools
calls=$scratch/calls
mkdir -p "$checkout/scripts" "$tools"
cp -- "$scripts/setup" "$checkout/scripts/"
echo '{"name": "trial"}' >"$checkout/package.json"
echo '{"lockfileVersion": 3}' >"$checkout/package-lock.json"

tool() {
  printf '#!/bin/bash\n%s\n' "$2" >"$tools/$1"
  chmod +x "$tools/$1"
}
for name in bash dirname mkdir flock cat sha256sum env; do
  ln -s "$(command -v "$name")" "$tools/$name"
done
# $installed: all but what is in $absent.
tool dpkg-query 'for name in "${@:3}"; do
  if [[ " $absent " != *" $name "* ]]; then echo "installed $name"; fi
done'
tool apt-get 'echo "apt-get as ${AS:-user}: ${*: -2} proxy=${http_proxy:-}" >>"$calls"'
tool sudo 'exec env -i AS=root PATH="$PATH" calls="$calls" "$@"'
tool node 'echo "v$node_version"'
tool npm 'echo "npm $1 $2" >>"$calls"
mkdir -p node_modules/.bin
printf "#!/bin/bash\n" >node_modules/.bin/esbuild
chmod +x node_modules/.bin/esbuild 2>/dev/null || /bin/chmod +x node_modules/.bin/esbuild'
export calls absent='' node_version=18.0.0

# Runs setup as an ordinary user where the machine lets us, with the stand-ins as the only tools.
setup() {
  : >"$calls"
  code=0
  if ((EUID == 0)); then
    chmod -R a+rwX "$scratch"
    output=$(setpriv --reuid 65534 --clear-groups env PATH="$tools" \
      "$checkout/scripts/setup" 2>"$scratch/stderr") || code=$?
  else
    output=$(PATH=$tools "$checkout/scripts/setup" 2>"$scratch/stderr") || code=$?
  fi
  same 'stdout stays empty' "$output" ''
}

setup
same 'a first run succeeds' "$code" 0
same 'a first run installs what the lock pins' "$(<"$calls")" 'npm ci --ignore-scripts'

setup
same 'a second run calls nothing' "$code $(<"$calls")" '0 '
same 'and says nothing' "$(<"$scratch/stderr")" ''

echo '{"lockfileVersion": 3, "more": 1}' >"$checkout/package-lock.json"
setup
same 'a changed lock is installed' "$(<"$calls")" 'npm ci --ignore-scripts'

rm -r -- "$checkout/node_modules"
setup
same 'what was deleted is installed again' "$(<"$calls")" 'npm ci --ignore-scripts'

absent='cmake doctest-dev' http_proxy=http://proxy:8080
export http_proxy
setup
same 'what is missing, and no more, comes from Debian; the proxy survives sudo' "$(<"$calls")" \
  "apt-get as root: Dpkg::Use-Pty=0 update proxy=http://proxy:8080
apt-get as root: cmake doctest-dev proxy=http://proxy:8080"
same 'it says so first' "$(<"$scratch/stderr")" \
  'setup: installing from Debian, with sudo: cmake doctest-dev'
unset http_proxy

mv -- "$tools/sudo" "$scratch/sudo"
setup
same 'without root and sudo nothing is called' "$code $(<"$calls")" '1 '
same 'and the reader learns what to do' "$(<"$scratch/stderr")" \
  "setup: these Debian packages are missing: cmake doctest-dev; this user is not root and there\
 is no sudo; become root and run: apt-get update && apt-get install --no-install-recommends\
 cmake doctest-dev"
mv -- "$scratch/sudo" "$tools/sudo"

absent=nodejs node_version=16.20.1
setup
same 'too old a node asks for Debian'\''s, and is not used where it stays first' \
  "$code $(tail -n 1 "$scratch/stderr")" \
  "1 setup: $tools/node is not version 18 or newer; update it or remove it from PATH"
same 'Debian was asked' "$(tail -n 1 "$calls")" \
  'apt-get as root: --no-install-recommends nodejs proxy='

mv -- "$tools/dpkg-query" "$scratch/dpkg-query"
setup
same 'another system is told what to install' "$code $(head -c 47 "$scratch/stderr")" \
  '1 setup: this is not a Debian system; install the'

finish
