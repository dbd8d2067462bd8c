// A case of the property harness, as predicates see it.
import { forgetNames, isError, nameObject, revive, same } from './values.mjs';

const nobody = new Map();

class CallView {
  constructor(name, [state, value, given, after]) {
    const gave = state === 'returned' || state === 'fulfilled';
    const failed = state === 'threw' || state === 'rejected';
    this.name = name;
    this.made = state !== 'not made';
    this.settled = gave || failed;
    this.fulfilled = gave;
    this.rejected = failed;
    this.threw = state === 'threw';
    this.returnedPromise = ['fulfilled', 'rejected', 'pending'].includes(state);
    this.value = gave ? revive(value, nobody) : undefined;
    this.error = failed ? revive(value, nobody) : undefined;
    this.arguments = revive(given, nobody);
    this.after = revive(after, nobody);
  }

  get unchanged() {
    return this.after === undefined || same(this.after, this.arguments);
  }
}

export class CaseView {
  constructor([given, calls, language], names) {
    forgetNames([]);
    this.values = new Map([
      ['same', same],
      ['isError', isError],
      ['language', language],
    ]);
    names.given.forEach((name, i) => this.values.set(name, revive(given[i], nobody)));
    this.calls = new Map();
    names.calls.forEach((name, i) => {
      const call = new CallView(name, calls[i]);
      nameObject(call, name);
      this.calls.set(name, call);
    });
  }

  read(name) {
    if (this.values.has(name)) return this.values.get(name);
    const only = this.calls.get('');
    if (only === undefined) return this.calls.get(name);
    return name === 'result' ? only.value : only[name];
  }
}
