'use strict';

// CommonJS, no classes, no async functions; `any` is `all` with the two sides swapped.

function isThenable(x) {
  if (x === null || (typeof x !== 'object' && typeof x !== 'function')) return false;
  return typeof x.then === 'function';
}

// Calls one of the two back, once, and never before the caller is done.
function subscribe(input, onValue, onError) {
  if (!isThenable(input)) {
    queueMicrotask(function () {
      onValue(input);
    });
    return;
  }
  var called = false;
  function once(callback) {
    return function (value) {
      if (called) return;
      called = true;
      callback(value);
    };
  }
  try {
    input.then(once(onValue), once(onError));
  } catch (error) {
    once(onError)(error);
  }
}

function gather(inputs, flip, done, fail) {
  var list = Array.from(inputs);
  var found = list.slice();
  var count = 0;
  function keep(index) {
    return function (value) {
      found[index] = value;
      count += 1;
      if (count === list.length) done(found);
    };
  }
  if (list.length === 0) done([]);
  list.forEach(function (input, index) {
    if (flip) subscribe(input, fail, keep(index));
    else subscribe(input, keep(index), fail);
  });
}

exports.all = function (inputs) {
  return new Promise(function (resolve, reject) {
    gather(inputs, false, resolve, reject);
  });
};

exports.any = function (inputs) {
  return new Promise(function (resolve, reject) {
    gather(
      inputs,
      true,
      function (errors) {
        reject(new AggregateError(errors));
      },
      resolve,
    );
  });
};

exports.race = function (inputs) {
  return new Promise(function (resolve, reject) {
    Array.from(inputs).forEach(function (input) {
      subscribe(input, resolve, reject);
    });
  });
};

exports.allSettled = function (inputs) {
  return new Promise(function (resolve) {
    var records = Array.from(inputs, function (input) {
      return new Promise(function (keep) {
        subscribe(
          input,
          function (value) {
            keep({ status: 'fulfilled', value: value });
          },
          function (reason) {
            keep({ status: 'rejected', reason: reason });
          },
        );
      });
    });
    gather(records, false, resolve);
  });
};
