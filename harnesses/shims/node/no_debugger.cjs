// Takes Node's debugger away, from this thread and from the worker threads that it starts, which
// read this file first: it shows what closures hold, and changes it.
'use strict';

const modules = require('node:module');
const workerThreads = require('node:worker_threads');

const { construct } = Reflect;
const NativeWorker = workerThreads.Worker;
const preload = ['--no-addons', '--no-warnings', '--require', __filename];

let started = false;

function Worker(file, options) {
  started = true;
  const theirs = options?.execArgv ?? [];
  return construct(NativeWorker, [file, { ...options, execArgv: [...preload, ...theirs] }],
    new.target);
}
Worker.prototype = NativeWorker.prototype;
Worker.prototype.constructor = Worker;
workerThreads.Worker = Worker;

try {
  const inspector = require('node:inspector');
  for (const name of ['Session', 'open', 'Network', 'NetworkResources']) delete inspector[name];
} catch {
  // this Node was built without
}
process.binding = process._linkedBinding = process.dlopen = undefined;
modules.syncBuiltinESMExports();

module.exports = { threadsStarted: () => started };
