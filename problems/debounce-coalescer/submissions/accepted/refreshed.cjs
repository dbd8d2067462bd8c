// timer.refresh() for the quiet time, a second timer for the longest, in a closure a key.
function debounced(emit, key, { quietMs, maxWaitMs }, over) {
  let last;
  const end = () => { clearTimeout(quiet); clearTimeout(longest); over(key); };
  const fire = () => { end(); emit(key, last); };
  const quiet = setTimeout(fire, quietMs);
  const longest = setTimeout(fire, maxWaitMs);
  return { push(value) { last = value; quiet.refresh(); }, fire, end };
}
class Coalescer {
  constructor(emit, options) {
    const { quietMs, maxWaitMs } = options;
    for (const ms of [quietMs, maxWaitMs]) if (typeof ms !== 'number' || Number.isNaN(ms) || ms <= 0) throw new RangeError('bad time');
    if (maxWaitMs < quietMs) throw new RangeError('maxWaitMs is below quietMs');
    this.bursts = Object.create(null);
    this.begin = (key) => debounced(emit, key, options, (over) => { delete this.bursts['$' + over]; });
  }
  push(key, value) { (this.bursts['$' + key] ||= this.begin(key)).push(value); }
  flush(key) { const burst = this.bursts['$' + key]; if (burst) burst.fire(); return burst !== undefined; }
  cancel(key) { const burst = this.bursts['$' + key]; if (burst) burst.end(); return !!burst; }
}
module.exports = { Coalescer };
