import type { Place } from './navigation';

/** What a key press means outside of text fields. */
export type Shortcut = { type: 'go'; path: string } | { type: 'search' } | { type: 'palette' } | { type: 'help' };

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** After `g` the next key names a page, if it comes this soon. */
export const sequenceMs = 1_200;

/**
 * Reads one key press. `afterG` is whether `g` was pressed just before; the answer says whether it has been now.
 * Ctrl+K and Cmd+K open the palette; everything else is a plain key, so that no shortcut of a browser or a screen reader is taken.
 */
export function readShortcut(
  press: Press,
  afterG: boolean,
  places: readonly Pick<Place, 'path' | 'letter'>[],
): { shortcut: Shortcut | null; afterG: boolean } {
  const done = (shortcut: Shortcut | null) => ({ shortcut, afterG: false });
  if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'k') return done({ type: 'palette' });
  if (press.ctrlKey || press.metaKey || press.altKey) return done(null);
  if (afterG) {
    const place = places.find(({ letter }) => letter === press.key);
    if (place) return done({ type: 'go', path: place.path });
  }
  if (press.key === 'g') return { shortcut: null, afterG: true };
  if (press.key === '/') return done({ type: 'search' });
  if (press.key === '?') return done({ type: 'help' });
  return done(null);
}
