import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';

const folder = 'apps/dashboard/src/app';

/** An object of each list that has pages of its objects. */
export type Examples = Record<string, string>;

/** The address of every page, as the folders of the app say: a page that is new is among them by itself. Fails where a page of an object has no example. */
export function routesOf(examples: Examples): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${dirname(file)}`.replace(/\/\([^)]+\)|\/\.$/g, ''))
    .map((route) => route.replace(/([^/]+)\/\[[^\]]+\]/, (_, list: string) => `${list}/${exampleOf(list, examples)}`) || '/')
    .sort();
}

function exampleOf(list: string, examples: Examples): string {
  const name = examples[list];
  if (name === undefined) throw new Error(`no example of ${list}, whose objects have pages`);
  return name;
}
