/**
 * The form field that a problem's JSON pointer (RFC 6901) means, as a dotted path: forms hold their values in the shape of the body. A pointer
 * to something that has fields means the first of them, and one into something that is typed as one text means that text. Null: the form has no such field, so the problem is told for the form as a whole.
 */
export function fieldOfPointer(values: unknown, pointer: string): string | null {
  if (!pointer.startsWith('/')) return null;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path: string[] = [];
  let value = values;
  for (const step of steps) {
    if (typeof value === 'string') return path.join('.');
    if (!isContainer(value) || !(step in value)) return null;
    path.push(step);
    value = value[step];
  }
  while (isContainer(value)) {
    const [first] = Object.keys(value);
    if (first === undefined) return null;
    path.push(first);
    value = value[first];
  }
  return path.join('.');
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
