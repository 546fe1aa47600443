import { describe, expect, it } from 'vitest';
import { allPlaces } from './navigation';
import { readShortcut, type Press, type Shortcut } from './shortcut';

const places = [
  { path: '/networks', letter: 'n' },
  { path: '/hosts', letter: 'h' },
];
const press = (key: string, modifiers: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe('readShortcut', () => {
  const cases: { name: string; in: [Press, boolean]; want: { shortcut: Shortcut | null; afterG: boolean } }[] = [
    { name: 'g waits for a letter', in: [press('g'), false], want: { shortcut: null, afterG: true } },
    { name: 'g n goes to the networks', in: [press('n'), true], want: { shortcut: { type: 'go', path: '/networks' }, afterG: false } },
    { name: 'n alone means nothing', in: [press('n'), false], want: { shortcut: null, afterG: false } },
    { name: 'g x means nothing', in: [press('x'), true], want: { shortcut: null, afterG: false } },
    { name: 'g g waits again', in: [press('g'), true], want: { shortcut: null, afterG: true } },
    { name: 'g / searches', in: [press('/'), true], want: { shortcut: { type: 'search' }, afterG: false } },
    { name: '? helps', in: [press('?'), false], want: { shortcut: { type: 'help' }, afterG: false } },
    {
      name: 'Ctrl+K opens the palette',
      in: [press('k', { ctrlKey: true }), false],
      want: { shortcut: { type: 'palette' }, afterG: false },
    },
    {
      name: 'Cmd+K too, with shift lock',
      in: [press('K', { metaKey: true }), true],
      want: { shortcut: { type: 'palette' }, afterG: false },
    },
    { name: 'Ctrl+G is the browser’s', in: [press('g', { ctrlKey: true }), false], want: { shortcut: null, afterG: false } },
  ];
  it.each(cases)('$name', ({ in: [key, afterG], want }) => {
    expect(readShortcut(key, afterG, places)).toEqual(want);
  });

  it('has a letter of its own for each page', () => {
    expect(new Set(allPlaces.map(({ letter }) => letter)).size).toBe(allPlaces.length);
  });
});
