'use client';

import { Bookmark, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { selection } from '../../messages';
import { Button, IconButton } from '../../ui/button';
import { Field, TextInput } from '../../ui/field';
import { parseViews, viewOf, withView, type SavedView } from './saved-views';
import { useFilter } from './view-state';

const text = selection.views;

/** Views of a list that this browser keeps, and the way to keep the present one. */
export function ViewsMenu() {
  const path = usePathname();
  const key = `netyard:views:${path}`;
  const [filter] = useFilter();
  const [open, setOpen] = useState(false);
  const [views, setViews] = useState<SavedView[]>([]);
  const [name, setName] = useState('');
  const keep = (next: SavedView[]) => {
    setViews(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing has them until the page is left.
    }
  };
  const onOpenChange = (next: boolean) => {
    if (next) setViews(parseViews(read(key)));
    setOpen(next);
  };
  const go = ({ query }: SavedView) => {
    setOpen(false);
    // Not by the router, which would ask the server for a page that is here: the view is there at once, and what is typed next comes after it.
    window.history.pushState(null, '', query ? `${path}?${query}` : path);
  };
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>
        <Button size="small" variant="quiet">
          <Bookmark className="size-3.5" aria-hidden="true" />
          {text.label}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={text.label}
          className="overlay-enter z-40 flex w-72 flex-col gap-3 rounded-lg border border-line bg-raised p-3 shadow-raised"
        >
          {views.length === 0 ? (
            <p className="text-ink-3">{text.none}</p>
          ) : (
            <ul className="max-h-64 overflow-y-auto">
              {views.map((view) => (
                <li key={view.name} className="flex items-center gap-1">
                  <button
                    type="button"
                    onClick={() => go(view)}
                    className="min-h-7 min-w-0 flex-1 truncate rounded-md px-2 text-left hover:bg-sunken"
                  >
                    {view.name}
                  </button>
                  <IconButton label={text.remove(view.name)} onClick={() => keep(views.filter((one) => one !== view))}>
                    <X className="size-3.5" aria-hidden="true" />
                  </IconButton>
                </li>
              ))}
            </ul>
          )}
          <form
            className="flex flex-col gap-2 border-t border-line pt-3"
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === '') return;
              keep(withView(views, { name: name.trim(), query: viewOf(window.location.search, filter) }));
              setName('');
            }}
          >
            <Field label={text.name} hint={text.say}>
              {(described) => <TextInput {...described} value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
            <Button type="submit" size="small">
              {text.keep}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
