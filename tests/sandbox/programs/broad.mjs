// Uses what Node offers, once each; an exception shows what did not work.
import assert from 'node:assert';
import { exec, execFileSync, fork, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import zlib from 'node:zlib';

const folder = fs.mkdtempSync('/tmp/broad-');

async function files() {
  const seen = new Promise((resolve) => {
    const watcher = fs.watch(folder, () => resolve(watcher.close()));
  });
  fs.writeFileSync(`${folder}/a`, 'text');
  await seen;
  await fs.promises.copyFile(`${folder}/a`, `${folder}/b`);
  fs.cpSync(`${folder}/b`, `${folder}/c`);
  fs.symlinkSync('a', `${folder}/link`);
  fs.linkSync(`${folder}/a`, `${folder}/hard`);
  fs.renameSync(`${folder}/c`, `${folder}/d`);
  fs.lutimesSync(`${folder}/link`, 1, 1);
  fs.mkdirSync(`${folder}/x/y`, { recursive: true });
  const fd = fs.openSync(`${folder}/a`, 'r+');
  fs.writevSync(fd, [Buffer.from('a'), Buffer.from('b')]);
  fs.fsyncSync(fd);
  fs.ftruncateSync(fd, 1);
  fs.closeSync(fd);
  assert(fs.statfsSync(folder).bsize > 0);
  assert.equal(fs.readdirSync(folder, { recursive: true }).length, 7);
}

async function processes() {
  assert.equal(execFileSync('/bin/echo', ['child']).toString(), 'child\n');
  const cat = spawn('/bin/cat', { stdio: ['pipe', 'ignore', 'inherit'] });
  cat.stdin.end('text');
  await once(cat, 'close');
  fs.writeFileSync(`${folder}/fork.cjs`, 'process.send(41, () => process.disconnect())');
  const forked = fork(`${folder}/fork.cjs`);
  assert.equal((await once(forked, 'message'))[0], 41);
  await once(forked, 'close');
  await promisify(exec)('ls /');
  const detached = spawn('/bin/sleep', ['30'], { detached: true });
  detached.kill();
  assert.equal((await once(detached, 'close'))[1], 'SIGTERM');
  const code = 'require("worker_threads").parentPort.postMessage(42)';
  const worker = new Worker(code, { eval: true });
  assert.equal((await once(worker, 'message'))[0], 42);
  const signalled = once(process, 'SIGUSR2');
  const alive = setInterval(() => {}, 1000);  // waiting for a signal keeps Node 18 from nothing
  process.kill(process.pid, 'SIGUSR2');
  await signalled;
  clearInterval(alive);
}

async function sockets() {
  const server = net.createServer((socket) => socket.end('x')).listen(`${folder}/net`);
  await once(server, 'listening');
  const client = net.connect(`${folder}/net`).resume();
  await once(client, 'close');
  server.close();
  const web = http.createServer((_, response) => response.end('x')).listen(`${folder}/http`);
  await once(web, 'listening');
  const [response] = await once(http.get({ socketPath: `${folder}/http` }), 'response');
  await once(response.resume(), 'end');
  web.close();
  const refused = net.createServer().listen(0, '127.0.0.1');
  assert.equal((await once(refused, 'error'))[0].code, 'EPERM');
}

async function computing() {
  await promisify(crypto.pbkdf2)('a', 'b', 100, 16, 'sha512');
  await promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256' });
  await crypto.subtle.digest('SHA-256', crypto.randomBytes(16));
  await promisify(zlib.gzip)('x'.repeat(1e5));
  zlib.brotliCompressSync('x');
  const add = [0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1,
    3, 97, 100, 100, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11];
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(add)));
  assert.equal(wasm.exports.add(1, 2), 3);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
  assert.equal(Atomics.wait(new Int32Array(memory.buffer), 0, 0, 5), 'timed-out');
  assert(os.uptime() > 0 && os.availableParallelism() > 0);
  assert(os.cpus().length > 0 && os.freemem() > 0 && os.loadavg().length === 3);
  os.setPriority(os.getPriority() + 1);
  process.title = 'broad';
  assert(process.memoryUsage().rss > 0 && process.resourceUsage().userCPUTime >= 0);
}

await files();
await processes();
await sockets();
await computing();
await fs.promises.rm(folder, { recursive: true });
console.log('done');
