// Builds through Nx, which knows the order and keeps what did not change; starting Nx itself takes seconds, so a stamp of the sources comes first.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { step, cleanEnvironment } = require('./progress.cjs');

const sources = ['apps', 'libs', 'e2e', 'package-lock.json', 'tsconfig.base.json', 'nx.json'];
const ignoredFolders = new Set(['node_modules', '.next', 'dist', '.nx']);
const ignoredFiles = /(\.spec\.tsx?|\.md|\.tsbuildinfo|Dockerfile)$|^next-env\.d\.ts$/;

function hashSources(root) {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  const walk = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !ignoredFolders.has(entry.name)) walk(path);
      else if (entry.isFile() && !ignoredFiles.test(entry.name)) add(path);
    }
  };
  for (const source of sources) {
    if (!existsSync(join(root, source))) continue;
    if (/\.\w+$/.test(source)) add(source);
    else walk(source);
  }
  return hash.digest('hex');
}

const products = [
  'dist/launcher/start.js',
  'dist/api/main.js',
  'dist/worker/main.js',
  'dist/dashboard/apps/dashboard/server.js',
  'dist/bench/main.js',
];

/** Builds all apps unless `dist` is already what the sources give. */
async function build(root) {
  const stamp = join(root, 'dist/.stamp');
  const wanted = hashSources(root);
  const built = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (built && products.every((product) => existsSync(join(root, product)))) return;
  await step('building', join(root, 'node_modules/.bin/nx'), ['run-many', '-t', 'build', '--output-style=static'], {
    cwd: root,
    // Nothing may stay behind, and nothing is sent anywhere.
    env: cleanEnvironment({ NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NEXT_TELEMETRY_DISABLED: '1', CI: 'true' }),
  });
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

module.exports = { build };
