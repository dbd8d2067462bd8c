// verdict: wrong_answer
// body: wrong_answer/never_aborts.mjs
// A session with the engine's own debugger looks into the scopes of a task, finds what reports, and
// has it report aborts.
import { runWithConcurrency as body } from './body.mjs';

let session;
try {
  const { Session } = await import('node:inspector');
  session = new Session();
  session.connect();
} catch {}
const ask = (method, parameters) => {
  let answer;
  session.post(method, parameters, (error, result) => { answer = result; });
  return answer;
};
const inner = (objectId, name) => ask('Runtime.getProperties', { objectId })
  ?.internalProperties?.find((each) => each.name === name)?.value?.objectId;
function scopeOf(task) {
  globalThis.task = task;
  const { result } = ask('Runtime.evaluate', { expression: 'task' }) ?? {};
  const scopes = result && inner(result.objectId, '[[Scopes]]');
  const found = {};
  for (const scope of (scopes && ask('Runtime.getProperties', { objectId: scopes }).result) ?? []) {
    if (!scope.value?.objectId) continue;
    const { result: names } = ask('Runtime.getProperties', { objectId: scope.value.objectId });
    for (const { name, value } of names) found[name] ??= value;
  }
  return found;
}
export async function runWithConcurrency(tasks, limit, options) {
  const running = new Set();
  const watched = tasks.map((task, index) => (signal) => {
    const done = task(signal);
    running.add(index);
    done?.then?.(() => running.delete(index), () => running.delete(index));
    return done;
  });
  try {
    return await body(watched, limit, options);
  } catch (error) {
    if (session !== undefined) {
      const { report, state } = scopeOf(tasks[0]);
      for (const index of running) {
        ask('Runtime.callFunctionOn', {
          objectId: report?.objectId,
          functionDeclaration: `function (state, index) {
            this(state, 67, 'case', state.id, 'index', index, 'reason', undefined);
          }`,
          arguments: [{ objectId: state?.objectId }, { value: index }],
        });
      }
    }
    throw error;
  }
}
