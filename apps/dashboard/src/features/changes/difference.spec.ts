import { describe, expect, it } from 'vitest';
import { concernsSame, type Difference, differences, type Value, valueText } from './difference';

const inWords = ({ field, before, after }: Difference): string => `${field}: ${valueText(before, '-')} > ${valueText(after, '-')}`;

describe('differences', () => {
  it.each<{ name: string; in: [Value | undefined, Value | undefined]; want: string[] }>([
    { name: 'none', in: [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } }], want: [] },
    { name: 'none, in another order of keys', in: [{ list: [{ a: 1, b: 2 }] }, { list: [{ b: 2, a: 1 }] }], want: [] },
    {
      name: 'values within values',
      in: [{ spec: { dns: { search: ['a'] }, internal: false } }, { spec: { dns: { search: ['a', 'b'] }, internal: true } }],
      want: ['spec.dns.search: ["a"] > ["a","b"]', 'spec.internal: false > true'],
    },
    {
      name: 'what came and what went',
      in: [{ labels: { team: 'red', old: '' } }, { labels: { team: 'red', new: 'yes' } }],
      want: ['labels.old: "" > -', 'labels.new: - > yes'],
    },
    { name: 'all of it, where there was nothing', in: [undefined, { a: 1 }], want: [': - > {"a":1}'] },
    { name: 'a list in place of an object', in: [{ a: { b: 1 } }, { a: [1] }], want: ['a: {"b":1} > [1]'] },
  ])('tells $name', ({ in: [before, after], want }) => {
    expect(differences(before, after).map(inWords)).toEqual(want);
  });

  it('knows which concern the same field', () => {
    const [all] = differences({ spec: 1 }, { spec: 2 });
    const [part] = differences({ spec: { a: 1 } }, { spec: { a: 2 } });
    const [other] = differences({ labels: { a: 1 } }, { labels: { a: 2 } });
    const same = (a: Difference | undefined, b: Difference | undefined): boolean =>
      a !== undefined && b !== undefined && concernsSame(a, b);
    expect([same(all, part), same(part, all), same(part, other)]).toEqual([true, true, false]);
  });
});
