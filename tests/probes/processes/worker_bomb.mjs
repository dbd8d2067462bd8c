// Tries: to start workers without end, each with a heap of its own.
// Must end: refused, or at the memory limit; the first worker has answered.
import { Worker } from 'node:worker_threads';

const source = "require('node:worker_threads').parentPort.postMessage('answer');" +
  'setInterval(() => {}, 1000);';
for (let made = 0; made < 10000; ++made) {
  try {
    const resourceLimits = { maxOldGenerationSizeMb: 32 };
    const worker = new Worker(source, { eval: true, resourceLimits });
    await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } catch (error) {
    console.log('refused', error.code);
    process.exit(0);
  }
  if (made === 0) console.log('first worker answers');
}
