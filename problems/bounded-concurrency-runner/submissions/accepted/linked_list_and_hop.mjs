// Odd but right: the waiting tasks form a linked list, and every start takes a detour over
// setImmediate, the first ones too. That is still the same turn. Each task has an AbortController
// of its own, and the call returns a hand-made promise.
function link(tasks) {
  let head = null;
  for (let index = tasks.length - 1; index >= 0; index--)
    head = { index, task: tasks[index], next: head };
  return head;
}

export function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1) return Promise.reject(new RangeError('limit'));
  let head = link(tasks);
  let slots = limit;
  let unfinished = tasks.length;
  let finished = false;
  const controllers = new Set();
  const results = Object.assign([], { length: tasks.length });
  let settle;
  const promise = new Promise((...both) => (settle = both));

  const end = (how, value) => {
    if (finished) return;
    finished = true;
    head = null;
    settle[how](value);
    setImmediate(() => controllers.forEach((controller) => controller.abort()));
    signal?.removeEventListener('abort', onAbort);
  };
  function onAbort() {
    end(1, signal.reason);
  }

  const hop = () => setImmediate(step);
  const step = () => {
    if (finished || slots === 0 || head === null) return;
    const { index, task } = head;
    head = head.next;
    slots -= 1;
    const controller = new AbortController();
    controllers.add(controller);
    const passed = (record) => {
      controllers.delete(controller);
      if (record.status === 'rejected' && mode !== 'collect') return end(1, record.reason);
      results[index] = mode === 'collect' ? record : record.value;
      slots += 1;
      unfinished -= 1;
      if (unfinished === 0) end(0, results);
      else hop();
    };
    let outcome;
    try {
      outcome = task(controller.signal);
    } catch (reason) {
      passed({ status: 'rejected', reason });
      return;
    }
    Promise.resolve(outcome).then(
      (value) => passed({ status: 'fulfilled', value }),
      (reason) => passed({ status: 'rejected', reason }),
    );
  };

  if (signal?.aborted) onAbort();
  else if (unfinished === 0) end(0, results);
  else {
    signal?.addEventListener('abort', onAbort, { once: true });
    for (let i = 0; i < Math.min(limit, tasks.length); i++) hop();
  }
  return promise;
}
