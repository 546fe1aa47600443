/** The document of an object: its YAML, edited in the page. */
export const documentText = {
  label: (kind: string, name: string) => `Document of ${kind} ${name}`,
  help: 'Labels, and what may change of the spec, can be edited here. What a host reports is not part of the document.',
  unreadable: (line: number | null, why: string) => (line === null ? why : `Line ${line}: ${why}`),
  notAnObject: 'The document must have metadata and spec.',
  beyond: (field: string) => `${field} is no part of the document: there are metadata.labels and spec.`,
  unchanged: 'Nothing is changed.',
  changes: 'What would change',
  apply: 'Apply',
  revert: 'Back to what is',
  applied: (kind: string, name: string) => `${kind} ${name} is changed`,
  moved: 'It has changed meanwhile. What you edit is the version from before.',
  conflict: {
    title: 'Somebody else has changed it',
    say: 'Your edit was not applied. These fields differ from what you began with:',
    field: 'Field',
    was: 'Was',
    theirs: 'Theirs',
    mine: 'Yours',
    kept: 'as it was',
    takeTheirs: 'Take theirs',
    takeTheirsHint: 'Your edit is dropped.',
    overwrite: 'Apply yours on top',
    overwriteHint: (fields: number) =>
      fields === 0
        ? 'Nobody else has touched your fields.'
        : `${fields === 1 ? 'One field of theirs is' : `${fields} fields of theirs are`} overwritten.`,
  },
} as const;
