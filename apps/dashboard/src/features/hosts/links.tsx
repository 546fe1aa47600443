import { hostFacts as text } from '../../messages';
import { Entry, EntryList } from '../../ui/entry-list';
import type { HostRow } from '../inventory/inventory';

/** Links that are not Netyard's: what a network could be attached to. */
export function Links({ links }: { links: HostRow['object']['status']['links'] }) {
  if (links.length === 0) return null;
  return (
    <EntryList title={text.links}>
      {links.map(({ name, kind, up, mtuBytes, macAddress, master }) => (
        <Entry
          key={name}
          tone={up ? 'ready' : 'idle'}
          title={
            <>
              {name} <span className="font-normal text-ink-3">{up ? text.up : text.down}</span>
            </>
          }
        >
          {[kind, text.bytes(mtuBytes), macAddress, master && text.partOf(master)].filter(Boolean).join(' · ')}
        </Entry>
      ))}
    </EntryList>
  );
}
