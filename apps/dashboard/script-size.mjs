// Weighs the script that a browser loads before a page can be used, as the built server sends it, and holds it to a budget.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

/** In bytes after gzip. What counts is what comes before a page answers: dialogs, palette and heavy pages load theirs when they are opened. */
export const scriptBudgetBytes = 200_000;

/** The first route, which is loaded without anything in the cache, and how Next names it. */
const firstRoute = '/(yard)/page';

/** Bytes after gzip of all scripts of the first route. Throws where the build is laid out in another way than is known here. */
export function firstRouteScriptBytes(buildFolder) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(buildFolder, 'build-manifest.json'), 'utf8'));
  const sandbox = {};
  sandbox.globalThis = sandbox;
  runInNewContext(readFileSync(join(buildFolder, `server/app${firstRoute}_client-reference-manifest.js`), 'utf8'), sandbox);
  const { entryJSFiles } = sandbox.__RSC_MANIFEST[firstRoute];
  const files = new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()]);
  if (files.size === rootMainFiles.length) throw new Error(`the manifest of ${firstRoute} names no scripts`);
  return [...files].reduce((bytes, file) => bytes + gzipSync(readFileSync(join(buildFolder, file))).length, 0);
}
