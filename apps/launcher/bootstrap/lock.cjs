// One installer or builder at a time in one folder: the others wait for it.
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { say } = require('./progress.cjs');

/** When the process began, in clock ticks: a process id alone may have been given to another one since. */
function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[19];
  } catch {
    return undefined;
  }
}

function take(path) {
  try {
    writeFileSync(path, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  let holder = '';
  try {
    holder = readFileSync(path, 'utf8');
  } catch {
    return 'gone';
  }
  const [pid, start] = holder.split(' ');
  if (start !== undefined && startOf(pid) === start) return pid;
  rmSync(path, { force: true });
  return 'gone';
}

/** Runs `work` while no other bootstrap of this folder runs its own; the lock of one that died is taken over. */
async function locked(root, work) {
  mkdirSync(join(root, '.netyard'), { recursive: true });
  const path = join(root, '.netyard/bootstrap.lock');
  let told = false;
  for (let holder = take(path); holder !== undefined; holder = take(path)) {
    if (holder === 'gone') continue;
    if (!told) say(`waiting for process ${holder}, which installs or builds here`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

module.exports = { locked };
