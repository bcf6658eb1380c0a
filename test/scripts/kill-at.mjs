/**
 * Ends this process with SIGKILL at its n-th write (`PLUMBLINE_KILL_AT`), with a half of it written; with 0 it
 * only appends a line for each write to the file that `PLUMBLINE_WRITES` names.
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.PLUMBLINE_KILL_AT);
const { openSync, writeFileSync, writeSync } = fs;
const log = process.env.PLUMBLINE_WRITES ? openSync(process.env.PLUMBLINE_WRITES, 'a') : null;
let writes = 0;

function watch(home, name, halfway) {
  const original = home[name];
  home[name] = function watched(...given) {
    writes += 1;
    if (log !== null) writeSync(log, `${name} ${JSON.stringify(String(given[0]).slice(0, 200))}\n`);
    if (writes !== at) return original.apply(this, given);
    halfway?.(...given);
    process.kill(process.pid, 'SIGKILL');
    // The signal comes at once, but not before this returns.
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
  };
}

const half = (path, data, options) => {
  // What is given in pieces is written as one.
  const whole = Array.isArray(data) ? Buffer.concat(data.map((piece) => Buffer.from(piece))) : data;
  writeFileSync(path, whole.slice(0, whole.length >> 1), options);
};
for (const home of [fs, fs.promises]) {
  const names = home === fs ? ['Sync'] : [''];
  for (const suffix of names) {
    watch(home, `writeFile${suffix}`, half);
    for (const name of ['rename', 'copyFile', 'mkdir', 'mkdtemp', 'rm']) watch(home, `${name}${suffix}`);
  }
}
const { open } = fs.promises;
fs.promises.open = async (...given) => {
  const file = await open(...given);
  // What is opened to be read is none of this.
  if (/[wax+]/.test(String(given[1] ?? 'r')))
    watch(file, 'writeFile', (data) => writeSync(file.fd, data.slice(0, data.length >> 1)));
  return file;
};
syncBuiltinESMExports();
