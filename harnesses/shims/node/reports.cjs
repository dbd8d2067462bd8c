// What nobody handled, and the end of the event loop. Node tells of them by calling functions of
// `process` by name. A submission may patch, listen to and silence `process.emit` as ever, but
// every call of it passes here first: there is no listener to remove and no table to empty.
'use strict';

const { apply, mapDelete, mapForEach, mapGet, mapHas, uncurry } = require('./encode.cjs');
const { mapSet } = require('./decode.cjs');

const { process, Map: NativeMap, Error: NativeError } = globalThis;
const { defineProperty } = Object;
const then = uncurry(Promise.prototype.then);
const ignore = () => {};

const unhandled = new NativeMap();  // promise -> reason
const revoked = new NativeMap();    // those of which it was said since that they are handled
let checking = false;
let onLoopEnd = ignore;

// Whether Node may take the event for handled.
function note(name, first, second) {
  switch (name) {
    case 'unhandledRejection':
      mapSet(unhandled, second, first);
      return true;
    case 'rejectionHandled':
      if (!mapHas(checking ? revoked : unhandled, first)) return false;
      if (checking) {
        mapSet(unhandled, first, mapGet(revoked, first));
      } else {
        mapSet(revoked, first, mapGet(unhandled, first));
        mapDelete(unhandled, first);
      }
      return false;
    case 'beforeExit':
      onLoopEnd();
      return false;
    default: return false;
  }
}

// `theirs` with ours in front.
const observed = (theirs) => function emit(name, first, second) {
  const ours = this === process && note(name, first, second);
  return apply(theirs, this, arguments) || ours;
};

function forget() {
  mapForEach(unhandled, (_, promise) => mapDelete(unhandled, promise));
  mapForEach(revoked, (_, promise) => mapDelete(revoked, promise));
}

// Whether there is anything that tellUnhandled would look at.
function hasUnhandled() {
  let found = false;
  const note = () => { found = true; };
  mapForEach(unhandled, note);
  mapForEach(revoked, note);
  return found;
}

// Calls `tell(reason)` for every rejection that is not handled, and forgets them. Whoever says that
// one has been handled may lie: if it is news to Node that somebody asks for it now, nobody did
// before.
function tellUnhandled(tick, tell) {
  checking = true;
  let claims = 0;
  mapForEach(revoked, (reason, promise) => {
    ++claims;
    try {
      then(promise, ignore, ignore);
    } catch {
      mapSet(unhandled, promise, reason);  // its constructor throws
    }
  });
  if (claims > 0) tick();
  checking = false;
  mapForEach(unhandled, (reason) => tell(reason));
  forget();
}

// `loopEnd()` is called where the loop would end the process; `uncaught(error)` for what was thrown
// and never caught.
function watchProcess(loopEnd, uncaught) {
  onLoopEnd = loopEnd;
  let emit = observed(process.emit);
  defineProperty(process, 'emit', {
    __proto__: null, get: () => emit, set(theirs) { emit = observed(theirs); },
  });
  process.setUncaughtExceptionCaptureCallback(uncaught);
  const fixed = (name, value) => defineProperty(process, name, {
    __proto__: null, value, writable: false, configurable: false,
  });
  fixed('_fatalException', process._fatalException);
  fixed('setUncaughtExceptionCaptureCallback', () => {
    throw new NativeError('uncaught exceptions are captured already');
  });
}

module.exports = { forget, hasUnhandled, tellUnhandled, watchProcess };
