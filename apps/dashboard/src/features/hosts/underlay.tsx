'use client';

import { hostFacts as words } from '../../messages';
import { Entry, EntryList } from '../../ui/entry-list';
import { ObjectLink } from '../inventory/cells';
import type { HostRow } from '../inventory/inventory';
import { pathText } from './path-text';

/** Where tunnels reach the host, and what the underlay carries from here to each other host. */
export function Underlay({ underlay, paths }: Pick<HostRow['object']['status'], 'underlay' | 'paths'>) {
  if (underlay.length === 0) return null;
  return (
    <EntryList title={words.underlay}>
      {underlay.map(({ address, mtuBytes }) => (
        <Entry key={address} tone="ready" title={address}>
          {words.ownAddress(mtuBytes)}
        </Entry>
      ))}
      {paths.map(({ host, remoteAddress, ...path }) => {
        const { tone, text } = pathText(path);
        return (
          <Entry
            key={remoteAddress}
            tone={tone}
            title={
              <>
                <span className="font-normal text-ink-3">{words.to}</span>
                <ObjectLink kind="host" name={host} strong />
              </>
            }
          >
            {remoteAddress} · {text}
          </Entry>
        );
      })}
    </EntryList>
  );
}
