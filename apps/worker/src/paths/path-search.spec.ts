import { describe, expect, it } from 'vitest';
import { advance, beginSearch, nextBytes, resultOf, smallestBytes, stateFor, type Passage, type PathResult } from './path-search';

/** Searches a path on which `passes` says what passes; gives the result and the sizes in the order in which they were tried. */
function run(
  neededBytes: number,
  lastCarriedBytes: number | null,
  passes: (bytes: number, attempt: number) => Passage,
): { result: PathResult; tried: number[] } {
  const tried: number[] = [];
  let search = beginSearch(neededBytes, lastCarriedBytes);
  for (let bytes = nextBytes(search); bytes !== null; bytes = nextBytes(search)) {
    tried.push(bytes);
    if (tried.length > 100) throw new Error(`no end: ${tried.join(' ')}`);
    search = advance(search, passes(bytes, tried.length));
  }
  return { result: resultOf(search), tried };
}

const router = '198.51.100.254';
const yes: Passage = { passed: true };
const lost: Passage = { passed: false, refusal: null };
const upTo =
  (most: number, no: Passage = lost) =>
  (bytes: number): Passage =>
    bytes <= most ? yes : no;
const refusing = (mostBytes: number): Passage => ({ passed: false, refusal: { by: router, mostBytes } });

describe('the search for what a path carries', () => {
  it('sends one size where that passes', () => {
    expect(run(1500, null, upTo(1500))).toEqual({ result: { carriedBytes: 1500, triedBytes: 1500, refusedBy: null }, tried: [1500] });
  });

  it('says nothing of a path on which nothing is answered, however small', () => {
    expect(run(1500, null, () => lost)).toEqual({
      result: { carriedBytes: null, triedBytes: 1500, refusedBy: null },
      tried: [1500, smallestBytes],
    });
  });

  it.each([128, 129, 576, 1279, 1280, 1400, 1498, 1499])('finds %i bytes to the byte, in few steps', (most) => {
    const { result, tried } = run(1500, null, upTo(most));
    expect(result).toEqual({ carriedBytes: most, triedBytes: 1500, refusedBy: null });
    expect(tried.length).toBeLessThanOrEqual(3 + Math.ceil(Math.log2(1500 - smallestBytes)));
  });

  it('follows what a router says, after having tried it', () => {
    expect(run(1500, null, upTo(1400, refusing(1400)))).toEqual({
      result: { carriedBytes: 1400, triedBytes: 1500, refusedBy: router },
      tried: [1500, smallestBytes, 1400, 1401, 1500],
    });
  });

  it.each([
    { name: 'too much', says: 1450 },
    { name: 'too little', says: 1000 },
    { name: 'nothing of the size', says: 0 },
    { name: 'more than was sent', says: 9000 },
  ])('believes no router that says $name', ({ says }) => {
    expect(run(1500, null, upTo(1400, refusing(says))).result.carriedBytes).toBe(1400);
  });

  it('begins with what passed the last time', () => {
    expect(run(1500, 1404, upTo(1404)).tried).toEqual([1500, smallestBytes, 1404, 1405, 1500]);
    expect(run(1500, 1404, upTo(1300)).result.carriedBytes).toBe(1300);
    expect(run(1500, 1300, upTo(1404)).result.carriedBytes).toBe(1404);
  });

  it('alarms nobody where the whole size passes in the end: what was lost was bad luck', () => {
    const { result } = run(1500, null, (bytes, attempt) => (bytes === 1500 && attempt > 1 ? yes : upTo(1400)(bytes)));
    expect(result).toEqual({ carriedBytes: 1500, triedBytes: 1500, refusedBy: null });
  });

  it('ends for sizes below the smallest', () => {
    expect(run(118, null, upTo(1500)).result.carriedBytes).toBe(118);
    expect(stateFor(run(118, null, (bytes, attempt) => (attempt === 1 ? lost : upTo(1500)(bytes))).result, 118)).toBe('carries');
  });
});

describe('how a path fares', () => {
  const result = (carriedBytes: number | null, triedBytes = 1500): PathResult => ({ carriedBytes, triedBytes, refusedBy: null });

  it.each([
    { name: 'not measured', in: undefined, needs: 1500, want: 'unmeasured' },
    { name: 'nothing answered', in: result(null), needs: 1500, want: 'silent' },
    { name: 'all of it passes', in: result(1500), needs: 1500, want: 'carries' },
    { name: 'more than needed passes', in: result(1500), needs: 1400, want: 'carries' },
    { name: 'less than needed passes', in: result(1400), needs: 1500, want: 'drops' },
    { name: 'less passes than is needed of more than was tried', in: result(1400), needs: 9000, want: 'drops' },
    { name: 'a network that needs less is well', in: result(1400), needs: 1400, want: 'carries' },
    { name: 'more is needed than was tried', in: result(1500), needs: 1550, want: 'unmeasured' },
  ])('$name: $want', ({ in: found, needs, want }) => {
    expect(stateFor(found, needs)).toBe(want);
  });
});
