import { describe, expect, it } from 'vitest';
import { keptList, Memo } from './memo';

describe('Memo', () => {
  it('makes anew only when the key or the rest is another', () => {
    const memo = new Memo<object, object>();
    const [key, other, rest] = [{}, {}, {}];
    const first = memo.of(key, [rest, 1], () => ({}));
    expect(memo.of(key, [rest, 1], () => ({}))).toBe(first);
    expect(memo.of(other, [rest, 1], () => ({}))).not.toBe(first);
    const second = memo.of(key, [rest, 2], () => ({}));
    expect(second).not.toBe(first);
    expect(memo.of(key, [rest], () => ({}))).not.toBe(second);
  });
});

describe('keptList', () => {
  it('is the list of before where the same is in it', () => {
    const [a, b] = [{}, {}];
    const before = [a, b];
    expect(keptList(before, [a, b])).toBe(before);
    const turned = [b, a];
    expect(keptList(before, turned)).toBe(turned);
    expect(keptList(undefined, turned)).toBe(turned);
  });
});
