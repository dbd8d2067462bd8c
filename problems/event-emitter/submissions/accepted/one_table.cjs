// Odd but right: no list for each event, but one table of all listeners with a place to sort by; a function that
// works with `new`, recursion for the loop, and what is called is chosen before anybody is.
'use strict';

function Emitter(options) {
  const { maxListeners = 10, onTooMany = () => {} } = options ?? {};
  let table = [];
  let highest = 0;
  const tooMany = [];

  const of = (event) => table.filter((row) => row.event === event).sort((a, b) => a.place - b.place);

  const add = (event, listener, place, once) => {
    table.push({ event, listener, place, once, fresh: true });
    if (of(event).length <= maxListeners || tooMany.includes(event)) return this;
    tooMany.push(event);
    onTooMany(event);
    return this;
  };

  const drop = (row) => {
    table = table.filter((other) => other !== row);
  };

  const call = ([row, ...rest], args) => {
    if (row === undefined) return;
    if (!row.once || row.fresh) {
      row.fresh = false;
      if (row.once) drop(row);
      row.listener.apply(undefined, args);
    }
    call(rest, args);
  };

  this.on = (event, listener) => add(event, listener, ++highest, false);
  this.once = (event, listener) => add(event, listener, ++highest, true);
  this.prepend = (event, listener) => add(event, listener, -++highest, false);
  this.off = (event, listener) => {
    drop(of(event).reverse().find((row) => row.listener === listener));
    return this;
  };
  this.removeAll = (event) => {
    table = event === undefined ? [] : table.filter((row) => row.event !== event);
    return this;
  };
  this.count = (event) => of(event).length;
  this.emit = (event, ...args) => {
    const rows = of(event);
    if (rows.length === 0) {
      if (event === 'error') throw args[0];
      return false;
    }
    call(rows, args);
    return true;
  };
}

module.exports = { Emitter };
