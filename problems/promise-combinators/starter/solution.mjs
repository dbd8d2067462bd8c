// The four combinators, without the ones that Promise brings along. See statement.md.

export function all(inputs) {
  throw new Error('all is not written yet');
}

export function allSettled(inputs) {
  throw new Error('allSettled is not written yet');
}

export function race(inputs) {
  throw new Error('race is not written yet');
}

export function any(inputs) {
  throw new Error('any is not written yet');
}
