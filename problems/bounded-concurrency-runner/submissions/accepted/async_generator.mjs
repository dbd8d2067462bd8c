// An async generator yields outcomes in the order in which they happen; the caller puts them where
// they belong. Outcomes go through a mailbox, so that two in one turn are two entries in it, in
// order.
async function* outcomes(tasks, limit, child, outer) {
  const mailbox = [];
  let ring = () => {};
  const post = (message) => {
    mailbox.push(message);
    ring();
  };
  const cancel = () => post({ index: -1, status: 'rejected', reason: outer.reason });
  outer?.addEventListener('abort', cancel, { once: true });

  let next = 0;
  let open = 0;
  const launch = () => {
    const index = next++;
    open += 1;
    Promise.resolve()
      .then(() => tasks[index](child))
      .then(
        (value) => post({ index, status: 'fulfilled', value }),
        (reason) => post({ index, status: 'rejected', reason }),
      );
  };

  try {
    while (next < tasks.length || open > 0) {
      while (open < limit && next < tasks.length) launch();
      if (mailbox.length === 0) await new Promise((resolve) => (ring = resolve));
      const message = mailbox.shift();
      open -= 1;
      yield message;
    }
  } finally {
    outer?.removeEventListener('abort', cancel);
  }
}

export async function runWithConcurrency(tasks, limit, { mode = 'fail-fast', signal } = {}) {
  if (!Number.isInteger(limit) || limit < 1)
    throw new RangeError(`limit must be at least 1, got ${limit}`);
  if (signal?.aborted) throw signal.reason;
  const results = Array.from({ length: tasks.length });
  const controller = new AbortController();
  try {
    for await (const { index, ...record } of outcomes(tasks, limit, controller.signal, signal)) {
      const fatal = index === -1 || (mode !== 'collect' && record.status === 'rejected');
      if (fatal) throw record.reason;
      results[index] = mode === 'collect' ? record : record.value;
    }
    return results;
  } catch (error) {
    controller.abort();
    throw error;
  }
}
