/**
 * The form field that a problem's JSON pointer (RFC 6901) means, as a dotted path: forms hold their values in the shape of the body. A pointer
 * to something that has fields means the first of them. Null: the form has no such field, so the problem is told for the form as a whole.
 */
export function fieldOfPointer(values: unknown, pointer: string): string | null {
  if (!pointer.startsWith('/')) return null;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value = values;
  for (const step of steps) {
    if (!isContainer(value) || !(step in value)) return null;
    value = value[step];
  }
  while (isContainer(value)) {
    const [first] = Object.keys(value);
    if (first === undefined) return null;
    steps.push(first);
    value = value[first];
  }
  return steps.join('.');
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
