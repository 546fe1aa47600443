// Progress goes to stderr: what programs print for other programs (`npm run -s bench -- --json`) stays clean.
const { spawn } = require('node:child_process');

const say = (text) => process.stderr.write(`netyard: ${text}\n`);

/** Ends the bootstrap with a message and no stack. */
class Stop extends Error {}

/**
 * Runs a command, telling its name and the seconds that it took; its output is shown only when it fails.
 * Throws Stop with the end of that output.
 */
async function step(title, command, args, options = {}) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`${title} …`);
  const ticking = setInterval(() => say(`  still at it after ${seconds()} s`), 15_000);
  try {
    await run(title, command, args, options);
  } finally {
    clearInterval(ticking);
  }
  say(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function run(title, command, args, options) {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const keep = (text) => (output = (output + text).slice(-8000));
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => reject(new Stop(`${title}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Stop(`${title} failed (${signal ?? `exit ${code}`}):\n${output}\nThe command was: ${[command, ...args].join(' ')}`));
    });
  });
}

/** The environment without what an outer npm put there, which would change what an inner npm or build does. */
function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|INIT_CWD$)/i.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

module.exports = { say, step, Stop, cleanEnvironment };
