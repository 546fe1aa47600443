// Debian packages, looked for by the files that are needed: other distributions name their packages otherwise, and people build their own.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { packages, needed } = require('../system-packages.json');
const { say, step, Stop } = require('./progress.cjs');

const programFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const libraryFolders = ['/usr/local/lib', '/usr/lib64', '/lib64', '/usr/lib', '/lib'];

const hasProgram = (name) =>
  [...(process.env.PATH ?? '').split(':'), ...programFolders].some((folder) => folder && existsSync(join(folder, name)));

function hasLibrary(name) {
  const multiarch = (folder) => (existsSync(folder) ? readdirSync(folder).filter((entry) => entry.includes('-linux-gnu')) : []);
  return libraryFolders.some(
    (folder) => existsSync(join(folder, name)) || multiarch(folder).some((entry) => existsSync(join(folder, entry, name))),
  );
}

function isPresent(packageName) {
  const { program, library } = packages[packageName];
  return program ? hasProgram(program) : hasLibrary(library);
}

/** The Debian packages of these purposes (rows of system-packages.json) whose files are missing. */
function missingPackages(purposes) {
  const names = new Set(purposes.flatMap((purpose) => needed[purpose] ?? []));
  return [...names].filter((name) => !isPresent(name));
}

const installLine = (names) => `sudo apt-get install ${names.join(' ')}`;

function hasApt() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && hasProgram('apt-get');
}

/**
 * Installs what is missing where that is allowed (root on Debian or Ubuntu, not forbidden). Otherwise throws Stop with the line that
 * would, unless `optional`: then the caller goes without.
 */
async function ensurePackages(purposes, { forbidden, optional }) {
  const missing = missingPackages(purposes);
  if (missing.length === 0) return;
  if (process.getuid() !== 0 || forbidden || !hasApt()) {
    if (optional) return;
    const why = forbidden ? ', and --no-system-packages forbids to install them' : '';
    const line = hasApt()
      ? `    ${process.getuid() === 0 ? installLine(missing).replace('sudo ', '') : installLine(missing)}`
      : `    ${missing.join(' ')} (as Debian names them)`;
    throw new Stop(`these system packages are missing${why}:\n\n${line}\n\nInstall them, then start again.`);
  }
  say(`this machine lacks ${missing.join(', ')}; installing with apt-get (--no-system-packages forbids that)`);
  try {
    await install(missing);
  } catch (error) {
    if (!optional || !(error instanceof Stop)) throw error;
    say(`${error.message}\nGoing on without them.`);
  }
}

async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('apt-get update', 'apt-get', ['update', '-q'], { env });
  const options = ['-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends'];
  await step(`apt-get install ${missing.join(' ')}`, 'apt-get', ['install', '-y', '-q', ...options, ...missing], { env });
}

module.exports = { ensurePackages, installLine, missingPackages };
