import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'nx.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${import.meta.dirname} is not inside the repository`);
  return findRoot(parent);
}

/** The clone that this program was built in. */
export const workspaceRoot = findRoot(import.meta.dirname);

export const inWorkspace = (path: string): string => join(workspaceRoot, path);
