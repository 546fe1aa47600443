// `npm start`, `npm test` and `npm run bench` begin here, in a clone where nothing is installed yet: plain CommonJS without any dependency.
// It makes the clone ready, then goes on in the same process with dist/launcher/<what>.js, which gets the arguments.
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { build } = require('./bootstrap/build.cjs');
const { installDependencies } = require('./bootstrap/dependencies.cjs');
const { locked } = require('./bootstrap/lock.cjs');
const { say, Stop } = require('./bootstrap/progress.cjs');
const { ensurePackages } = require('./bootstrap/system-packages.cjs');

const root = resolve(__dirname, '../..');
const systemPackagesFlag = '--no-system-packages';

/** Which rows of system-packages.json each command needs; `npm test -- pure` names its suites. */
const purposes = {
  start: () => ['start'],
  bench: () => ['bench'],
  lab: () => [],
  test: (args) => {
    const { needed } = require('./system-packages.json');
    const suites = Object.keys(needed).filter((name) => name !== 'start' && name !== 'bench');
    const named = args.filter((arg) => !arg.startsWith('-'));
    return named.length > 0 ? suites.filter((suite) => named.includes(suite)) : suites;
  },
};

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [wantedMajor, wantedMinor] = engines.node.match(/\d+/g).map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor))
    throw new Stop(`Node ${process.versions.node} is too old: ${wantedMajor}.${wantedMinor} or later is needed (https://nodejs.org)`);
  if (process.platform !== 'linux') throw new Stop(`Netyard drives the Linux kernel; this is ${process.platform}`);
}

async function main() {
  const [what, ...given] = process.argv.slice(2);
  if (!Object.hasOwn(purposes, what))
    throw new Stop(`usage: node apps/launcher/bootstrap.cjs ${Object.keys(purposes).join('|')} [arguments]`);
  // npm keeps what stands before "--" for itself and tells it by the environment: `npm start --no-system-packages` means the same.
  const forbidden = given.includes(systemPackagesFlag) || process.env.npm_config_system_packages === '';
  const args = given.filter((arg) => arg !== systemPackagesFlag);
  checkNode();
  const helpOnly = args.some((arg) => arg === '--help' || arg === '-h');
  if (!helpOnly) await ensurePackages(purposes[what](args), { forbidden, optional: what === 'test' });
  // A look into the lab changes nothing under the feet of what runs.
  if (what !== 'lab')
    await locked(root, async () => {
      await installDependencies(root);
      await build(root);
    });
  const program = join(root, 'dist/launcher', `${what}.js`);
  if (!existsSync(program)) throw new Stop(`${program} is missing: npm run build`);
  process.argv = [process.argv[0], program, ...args];
  await import(pathToFileURL(program).href);
}

main().catch((error) => {
  if (error instanceof Stop) say(error.message);
  else console.error(error);
  process.exit(1);
});
