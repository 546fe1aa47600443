// npm packages: `npm ci` once for each lock file, Node version and list of workspaces.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { step, cleanEnvironment } = require('./progress.cjs');

const stampOf = (root) => join(root, 'node_modules/.netyard-stamp');

function wantedStamp(root) {
  const hash = createHash('sha256');
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Native packages are chosen by platform and by Node's ABI; `npm ci` links those workspaces that exist when it runs.
  const present = workspaces.filter((workspace) => existsSync(join(root, workspace, 'package.json')));
  hash.update(JSON.stringify([process.version, process.platform, process.arch, present]));
  hash.update(readFileSync(join(root, 'package-lock.json')));
  return hash.digest('hex');
}

const upToDate = (root) => existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === wantedStamp(root);

async function installDependencies(root) {
  if (upToDate(root)) return;
  const wanted = wantedStamp(root);
  await step('installing npm packages (npm ci)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: cleanEnvironment(),
  });
  writeFileSync(stampOf(root), wanted);
}

module.exports = { installDependencies };
