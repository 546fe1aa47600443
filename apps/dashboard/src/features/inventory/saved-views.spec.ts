import { describe, expect, it } from 'vitest';
import { parseViews, viewOf, withView } from './saved-views';

describe('a view that is kept', () => {
  it('is the filter and the sorting, not what is open', () => {
    const query = '?sort-networks=-name&q=status%3Afailing&show=network%2Fweb&dialog=join&on=network%2Fweb&to=network%2Fweb';
    expect(viewOf(query, 'status:failing')).toBe('q=status%3Afailing&sort-networks=-name');
  });

  it.each([
    { name: 'typed, where the address does not say it yet', query: '', filter: 'lab', want: 'q=lab' },
    { name: 'cleared, where the address still says it', query: '?q=lab', filter: '', want: '' },
  ])('has the filter as it is $name', ({ query, filter, want }) => {
    expect(viewOf(query, filter)).toBe(want);
  });

  it.each([
    { name: 'nothing', in: null, want: 0 },
    { name: 'no JSON', in: 'x', want: 0 },
    { name: 'something else', in: '{"a":1}', want: 0 },
    { name: 'some that are none', in: '[{"name":"a","query":"q=b"},{"name":1},null]', want: 1 },
  ])('is read from $name', ({ in: text, want }) => {
    expect(parseViews(text)).toHaveLength(want);
  });

  it('takes the place of one of its name', () => {
    const views = [
      { name: 'b', query: 'q=1' },
      { name: 'a', query: 'q=2' },
    ];
    expect(withView(views, { name: 'b', query: 'q=3' })).toEqual([
      { name: 'a', query: 'q=2' },
      { name: 'b', query: 'q=3' },
    ]);
  });
});
