// Tries: to open files until refused, and to go on after that.
// Must end: with 0; refused with EMFILE, and after closing one, one more works.
import { closeSync, openSync } from 'node:fs';

const open = [];
try {
  for (;;) open.push(openSync('/dev/null', 'r'));
} catch (error) {
  console.log(error.code, open.length > 0, open.length < 64);
}
closeSync(open.pop());
closeSync(open.pop());
console.log('one more', openSync('/dev/null', 'r') >= 0);
