import { describe, expect, it } from 'vitest';
import { joinLabels, patchLabels, splitLabels, splitList } from './listed';

describe('lists as text', () => {
  it.each([
    { text: '', want: [] },
    { text: ' a , b,,', want: ['a', 'b'] },
    { text: '10.0.0.0/8', want: ['10.0.0.0/8'] },
  ])('splits "$text"', ({ text, want }) => {
    expect(splitList(text)).toEqual(want);
  });

  it('reads labels as it writes them', () => {
    const labels = { role: 'db', canary: '', query: 'a=b' };
    expect(splitLabels(joinLabels(labels))).toEqual(labels);
  });

  it.each<{ name: string; present: Record<string, string>; text: string; want: Record<string, string | null> }>([
    { name: 'nothing', present: { a: '1' }, text: 'a=1', want: {} },
    { name: 'a new one', present: {}, text: 'a=1', want: { a: '1' } },
    { name: 'another value', present: { a: '1' }, text: 'a=2', want: { a: '2' } },
    { name: 'one less', present: { a: '1', b: '2' }, text: 'b=2', want: { a: null } },
  ])('patches $name', ({ present, text, want }) => {
    expect(patchLabels(present, text)).toEqual(want);
  });
});
