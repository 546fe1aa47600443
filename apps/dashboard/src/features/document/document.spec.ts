import { describe, expect, it } from 'vitest';
import { documentOf, documentToText, type ObjectDocument, parseDocument, patchBetween, withChanges } from './document';

const web: ObjectDocument = {
  metadata: { name: 'web', labels: { team: 'blue' } },
  spec: { driver: 'bridge', internal: false, host: null, options: { masquerade: true }, dns: { search: ['lab.example'], servers: [] } },
};
const edited = (change: (document: ObjectDocument) => void): ObjectDocument => {
  const document = structuredClone(web);
  change(document);
  return document;
};

describe('a document', () => {
  it('is the same after it was written and read', () => {
    expect(parseDocument(documentToText(web))).toEqual({ document: web });
  });

  it('has nothing of what a host reports', () => {
    const object = { ...web, metadata: { ...web.metadata, id: 'x', generation: 3 }, status: { conditions: [] } };
    expect(documentOf(object)).toEqual(web);
  });

  it.each([
    { name: 'bad indentation', in: 'metadata:\n  name: web\n labels: {}\n', want: /^3: / },
    { name: 'a key twice', in: 'metadata:\n  name: a\n  name: b\nspec: {}\n', want: /^3: .*unique/ },
    { name: 'no spec', in: 'metadata: { name: web }\n', want: /^null: The document must have metadata and spec/ },
    { name: 'what is reported', in: 'metadata: { name: web }\nspec: {}\nstatus: {}\n', want: /^null: status is no part/ },
    { name: 'an id', in: 'metadata: { name: web, id: x }\nspec: {}\n', want: /^null: metadata.id is no part/ },
    { name: 'nothing', in: '', want: /^null: The document must have/ },
    { name: 'an alias', in: 'metadata: &m { name: web }\nspec: { a: *m }\n', want: /^null: The document must have/ },
  ])('is refused with $name', ({ in: text, want }) => {
    const parsed = parseDocument(text);
    expect('fault' in parsed ? `${parsed.line}: ${parsed.fault}` : 'read').toMatch(want);
  });
});

describe('the patch of an edit', () => {
  it.each<{ name: string; in: ObjectDocument; want: object | null }>([
    { name: 'nothing', in: web, want: null },
    {
      name: 'labels that come, change and go',
      in: edited(({ metadata }) => (metadata.labels = { tier: 'lab' })),
      want: { metadata: { labels: { team: null, tier: 'lab' } } },
    },
    {
      name: 'a part of a part, and lists as a whole',
      in: edited(({ spec }) => (spec['dns'] = { search: ['a.example'], servers: [] })),
      want: { spec: { dns: { search: ['a.example'] } } },
    },
    // Leaving it out says null.
    { name: 'what is taken out', in: edited(({ spec }) => delete spec['internal']), want: { spec: { internal: null } } },
    {
      name: 'an option that is taken out',
      in: edited(({ spec }) => (spec['options'] = {})),
      want: { spec: { options: { masquerade: null } } },
    },
    { name: 'a name, which the API refuses', in: edited(({ metadata }) => (metadata.name = 'app')), want: { metadata: { name: 'app' } } },
  ])('has $name', ({ in: after, want }) => {
    expect(patchBetween(web, after)).toEqual(want);
  });
});

it('is put on top of what somebody else has made of it', () => {
  const theirs = edited(({ metadata, spec }) => {
    metadata.labels = { team: 'red', owner: 'ada' };
    spec['internal'] = true;
  });
  const mine = edited(({ metadata, spec }) => {
    metadata.labels = { team: 'green' };
    spec['dns'] = { search: [], servers: [] };
  });
  expect(withChanges(theirs, web, mine)).toEqual({
    metadata: { name: 'web', labels: { team: 'green', owner: 'ada' } },
    spec: { ...web.spec, internal: true, dns: { search: [], servers: [] } },
  });
});
