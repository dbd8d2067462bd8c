// fails: broken-sources
// When an awaited item fails, waits for the calls that run before it rejects.
export function poolMap(limit, source, mapper) {
  return new Promise((resolve, reject) => {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError("limit");
    const results = [];
    const isAsync = source[Symbol.asyncIterator] !== undefined;
    const iterator = isAsync ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    let late, count = 0, running = 0, ended = false, over = false, awaiting = false;
    const fail = (error, close) => {
      if (over) return;
      over = true;
      reject(error);
      if (close && !ended) {
        try {
          Promise.resolve(iterator.return?.()).catch(() => {
          });
        } catch {
        }
      }
    };
    const start = (item) => {
      const i = count++;
      running++;
      let out;
      try {
        out = mapper(item, i);
      } catch (error) {
        running--;
        fail(error, true);
        return;
      }
      Promise.resolve(out).then((value) => {
        running--;
        results[i] = value;
        if (late && running === 0) fail(late.error, false);
        else pump();
      }, (error) => fail(error, true));
    };
    const take = (step) => {
      if (step.done) {
        ended = true;
        finish();
        return;
      }
      start(step.value);
    };
    const finish = () => {
      if (ended && running === 0 && !over) {
        over = true;
        results.length = count;
        resolve(results);
      }
    };
    const pump = () => {
      while (!over && !ended && !awaiting && running < limit) {
        let step;
        try {
          step = iterator.next();
        } catch (error) {
          fail(error, false);
          return;
        }
        if (!isAsync) {
          take(step);
          continue;
        }
        awaiting = true;
        step.then((s) => {
          awaiting = false;
          if (!over) {
            take(s);
            pump();
          }
        }, (error) => {
          awaiting = false;
          ended = true;
          if (running === 0) fail(error, false);
          else late = { error };
        });
      }
      finish();
    };
    pump();
  });
}
