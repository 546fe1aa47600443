import { readFileSync } from 'node:fs';

/** Why a file cannot be used; undefined when it can be read and is not empty. */
export function fileObstacle(path: string): string | undefined {
  try {
    return readFileSync(path).length > 0 ? undefined : `names ${path}, which is empty`;
  } catch (error) {
    return `names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
}
