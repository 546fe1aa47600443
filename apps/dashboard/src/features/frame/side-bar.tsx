'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { frame } from '../../messages';
import { paths } from '../../paths';
import { Mark } from '../../ui/mark';
import { useRefusal } from '../session/session-context';
import { isAt, navigation, placesFor, type Place } from './navigation';

/** The pages, beside what they show. Where there is no room it is in a drawer. */
export function SideBar() {
  return (
    <nav
      aria-label={frame.navigation}
      className="sticky top-0 hidden h-screen flex-col gap-4 overflow-y-auto border-r border-line bg-surface px-3 py-3 lg:flex"
    >
      <Link href={paths.home} className="flex h-7 items-center gap-2 rounded-md px-2">
        <Mark className="size-6" />
        <span className="text-[15px] font-semibold tracking-tight">{frame.product}</span>
      </Link>
      <PlaceGroups />
    </nav>
  );
}

/** The list itself, as the side bar and the drawer have it. */
export function PlaceGroups({ onGo }: { onGo?: () => void }) {
  const pathname = usePathname();
  const refusal = useRefusal();
  return (
    <div className="flex flex-col gap-4">
      {navigation.map(({ title, isTitled, places }) => (
        <section key={title} aria-label={title}>
          {isTitled && <h2 className="px-2 pb-1 text-[11px] leading-5 font-medium text-ink-3">{title}</h2>}
          <ul className="flex flex-col gap-px">
            {placesFor(places, refusal).map((place) => (
              <li key={place.path}>
                <PlaceLink place={place} isCurrent={isAt(place, pathname)} onGo={onGo} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PlaceLink({ place, isCurrent, onGo }: { place: Place; isCurrent: boolean; onGo: (() => void) | undefined }) {
  const { icon: Icon, path, title, letter } = place;
  return (
    <Link
      href={path}
      onClick={onGo}
      aria-current={isCurrent ? 'page' : undefined}
      aria-keyshortcuts={`g ${letter}`}
      className={clsx(
        'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium',
        isCurrent ? 'bg-selected text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon className={clsx('size-4 shrink-0', isCurrent ? 'text-accent' : 'text-ink-3')} aria-hidden="true" />
      {title}
    </Link>
  );
}
