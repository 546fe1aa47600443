'use client';

import { frame, palette } from '../../messages';
import { Button } from '../../ui/button';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog';
import { allPlaces } from './navigation';

const text = palette.shortcuts;

/** All keys that work on every page. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={text.title} description={text.description} onClose={onClose}>
      <DialogBody>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
          <Keys keys={['/']} meaning={text.search} />
          <Keys keys={frame.searchKeys.split(' ')} meaning={text.palette} />
          <Keys keys={['?']} meaning={text.help} />
          {allPlaces.map(({ title, letter }) => (
            <Keys key={letter} keys={text.goKeys(letter)} meaning={text.goTo(title)} />
          ))}
        </dl>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.close}</Button>
      </DialogFooter>
    </Dialog>
  );
}

function Keys({ keys, meaning }: { keys: readonly string[]; meaning: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.map((key) => (
          <kbd key={key} className="min-w-6 rounded border border-line-strong bg-surface px-1.5 text-center text-[12px] leading-[22px]">
            {key}
          </kbd>
        ))}
      </dt>
      <dd className="text-ink-2">{meaning}</dd>
    </>
  );
}
