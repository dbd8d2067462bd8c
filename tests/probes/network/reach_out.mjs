// Tries: to reach somebody from Node: fetch, sockets, name resolution, datagrams, a server.
// Must end: with 0; all refused, a local socket of its own works.
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import net from 'node:net';

async function attempt(name, act) {
  try {
    await act();
    console.log(name, 'worked');
  } catch (error) {
    console.log(name, 'refused');
  }
}
const connect = (options) => new Promise((resolve, reject) => {
  net.connect(options).on('connect', resolve).on('error', reject);
});
const listen = (server, options) => new Promise((resolve, reject) => {
  server.on('error', reject).listen(options, resolve);
});
const bind = () => new Promise((resolve, reject) => {
  dgram.createSocket('udp4').on('error', reject).bind(0, resolve);
});

await attempt('metadata', () => fetch('http://169.254.169.254/latest/meta-data'));
await attempt('loopback', () => connect({ host: '127.0.0.1', port: 80 }));
await attempt('loopback 6', () => connect({ host: '::1', port: 80 }));
await attempt('outside', () => connect({ host: '192.0.2.1', port: 80 }));
await attempt('lookup', () => dns.lookup('example.com'));
await attempt('resolve', () => dns.resolve4('example.com', { timeout: 100, tries: 1 }));
await attempt('datagram', bind);
await attempt('server', () => listen(net.createServer(), { host: '127.0.0.1', port: 0 }));
await attempt('local server', () => listen(net.createServer(), { path: '/tmp/socket' }));
await attempt('local', () => connect({ path: '/tmp/socket' }));
process.exit(0);
