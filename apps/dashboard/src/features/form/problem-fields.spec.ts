import { expect, it } from 'vitest';
import { fieldOfPointer } from './problem-fields';

const values = {
  metadata: { name: '' },
  spec: { subnets: [{ cidr: '10.0.0.1/24', gateway: '' }], options: { 'a/b': '' }, host: null, aliases: 'a, b' },
};

it.each([
  { pointer: '/metadata/name', want: 'metadata.name' },
  { pointer: '/spec/subnets/0/gateway', want: 'spec.subnets.0.gateway' },
  { pointer: '/spec/subnets/0', want: 'spec.subnets.0.cidr' },
  { pointer: '/spec/subnets', want: 'spec.subnets.0.cidr' },
  { pointer: '/spec/options/a~1b', want: 'spec.options.a/b' },
  { pointer: '/spec/host', want: 'spec.host' },
  { pointer: '/spec/aliases/1', want: 'spec.aliases' },
  { pointer: '/spec/subnets/1/cidr', want: null },
  { pointer: '/spec/unknown', want: null },
  { pointer: '?limit', want: null },
  { pointer: '', want: null },
])('$pointer → $want', ({ pointer, want }) => {
  expect(fieldOfPointer(values, pointer)).toBe(want);
});
