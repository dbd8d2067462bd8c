// One engine for all four: it keeps the outcomes by position and asks a rule after each whether
// that decides the call.

const UNDECIDED = Symbol('undecided');

function combine(inputs, rule) {
  return new Promise((resolve, reject) => {
    const outcomes = [];
    let open = 1; // the reading itself, so that nothing is decided before it ends
    const decide = (latest) => {
      const decision = rule(latest, open === 0, outcomes);
      if (decision === UNDECIDED) return;
      if (decision.ok) resolve(decision.value);
      else reject(decision.value);
    };
    const settle = (index, ok) => (value) => {
      outcomes[index] = { ok, value };
      open -= 1;
      decide(outcomes[index]);
    };
    let index = 0;
    for (const input of inputs) {
      open += 1;
      Promise.resolve(input).then(settle(index, true), settle(index, false));
      index += 1;
    }
    open -= 1;
    if (open === 0) decide(null);
  });
}

const yes = (value) => ({ ok: true, value });
const no = (value) => ({ ok: false, value });
const plain = (outcomes) => outcomes.map((outcome) => outcome.value);
const toRecord = ({ ok, value }) =>
  ok ? { status: 'fulfilled', value } : { status: 'rejected', reason: value };

export function all(inputs) {
  return combine(inputs, (latest, finished, outcomes) => {
    if (latest && !latest.ok) return latest;
    return finished ? yes(plain(outcomes)) : UNDECIDED;
  });
}

export function allSettled(inputs) {
  return combine(inputs, (latest, finished, outcomes) =>
    finished ? yes(outcomes.map(toRecord)) : UNDECIDED,
  );
}

export function race(inputs) {
  return combine(inputs, (latest) => latest ?? UNDECIDED);
}

export function any(inputs) {
  return combine(inputs, (latest, finished, outcomes) => {
    if (latest && latest.ok) return latest;
    return finished ? no(new AggregateError(plain(outcomes), 'none fulfilled')) : UNDECIDED;
  });
}
