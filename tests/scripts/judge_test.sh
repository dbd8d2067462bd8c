#!/usr/bin/env bash
# When scripts/judge builds and when it does not, and that it keeps out of the judge's way. Tried on
# a small checkout of its own whose judge prints its arguments; setup is a stand-in.
source "$(dirname -- "${BASH_SOURCE[0]}")/checks.sh"

checkout=$scratch/check\ out
mkdir -p "$checkout"/{scripts,sandbox,harnesses,judge,node_modules,elsewhere}
cp -- "$scripts/judge" "$scripts/build" "$checkout/scripts/"
printf '#!/bin/bash\necho setup ran >&2\n' >"$checkout/scripts/setup"
chmod +x "$checkout/scripts/setup"
touch "$checkout"/{package.json,package-lock.json,node_modules/.judge-lock}
cat >"$checkout/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(trial LANGUAGES CXX)
file(GLOB extra CONFIGURE_DEPENDS sandbox/*.cpp)
add_executable(judge judge/main.cpp ${extra})
set_target_properties(judge PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/judge)
CMAKE
cat >"$checkout/CMakePresets.json" <<'JSON'
{"version": 6,
 "configurePresets": [{"name": "release", "generator": "Ninja",
                       "binaryDir": "${sourceDir}/build/release"}],
 "buildPresets": [{"name": "release", "configurePreset": "release"}]}
JSON
write_main() {
  cat >"$checkout/judge/main.cpp" <<CPP
#include <cstdio>
#include <unistd.h>
int main(int argc, char** argv) {
  std::printf("$1");
  for (int i = 1; i < argc; ++i) std::printf(" [%s]", argv[i]);
  return argc > 1 && ::access(argv[1], R_OK) == 0 ? 7 : 0;
}
CPP
}

# judge ARGS...: from the checkout's folder elsewhere/.
judge() {
  code=0
  output=$(cd "$checkout/elsewhere" && ../scripts/judge "$@" 2>"$scratch/stderr") || code=$?
  built=no
  if [[ -s $scratch/stderr ]]; then built=yes; fi
}

write_main one
judge 'a b' ''
same 'a first call builds, and stdout is the judge'\''s alone' "$built $code $output" \
  'yes 0 one [a b] []'
same 'setup ran once, and said so on stderr' "$(grep -c 'setup ran' "$scratch/stderr")" 1

judge again
same 'a second call only runs' "$built $output" 'no one [again]'

touch "$checkout/elsewhere/file"
judge file
same 'a path is relative to the caller; the exit code passes' "$built $code" 'no 7'

write_main two
judge
same 'a changed source is built' "$built $output" 'yes two'

write_main three
touch -d '2 days ago' "$checkout/judge/main.cpp"
judge
same 'a source with an old date is noticed' "$built" 'yes'
touch "$checkout/judge/main.cpp"
judge

echo 'int extra;' >"$checkout/sandbox/extra.cpp"
judge
same 'a new file is noticed' "$built" 'yes'
judge
same 'once' "$built" 'no'
rm -- "$checkout/sandbox/extra.cpp"
judge
same 'a deleted file is noticed' "$built $code" 'yes 0'

echo 'broken' >>"$checkout/judge/main.cpp"
judge
same 'a source that does not compile: no old judge runs' "$code $output" '1 '
judge
same 'nor at the next call' "$code $output" '1 '
write_main four
judge
same 'once it compiles again it runs' "$built $output" 'yes four'

mv -- "$checkout" "$scratch/moved"
checkout=$scratch/moved
judge
same 'a checkout that moved is built anew' "$built $output" 'yes four'

write_main five
for _ in 1 2 3 4; do
  "$checkout/scripts/judge" 2>>"$scratch/together.err" >>"$scratch/together.out" &
done
wait
same 'calls at the same time all run what is new' "$(<"$scratch/together.out")" 'fivefivefivefive'
same 'and compile it once' "$(grep -c 'Building CXX' "$scratch/together.err")" 1

ln -s "$checkout/scripts/judge" "$scratch/link"
same 'a link to it works' "$("$scratch/link" x 2>&1)" 'five [x]'
same 'so does a call by bare name' "$(cd "$checkout/scripts" && bash judge y 2>&1)" 'five [y]'

finish
