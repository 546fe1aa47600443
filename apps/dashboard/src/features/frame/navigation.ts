import {
  Activity,
  Box,
  ClipboardList,
  Grid3x3,
  LayoutDashboard,
  Network,
  ScrollText,
  Server,
  Settings,
  Share2,
  ShieldCheck,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { frame } from '../../messages';
import { paths } from '../../paths';
import type { Access } from '../session/permissions';

/** A page that the navigation names. */
export interface Place {
  title: string;
  path: string;
  icon: LucideIcon;
  /** `g` and then this key goes there. */
  letter: string;
  /** Who may not do this is not led there. */
  needs?: Access;
}

export interface PlaceGroup {
  title: string;
  /** Whether the title is shown too; it is read out always. */
  isTitled: boolean;
  places: readonly Place[];
}

const { places, groups } = frame;

/** The pages, in groups, in the order of the side bar. A new page is one line here and one in `paths`. */
export const navigation: readonly PlaceGroup[] = [
  {
    title: groups.first,
    isTitled: false,
    places: [
      { title: places.overview, path: paths.home, icon: LayoutDashboard, letter: 'o' },
      { title: places.topology, path: paths.topology, icon: Share2, letter: 't' },
    ],
  },
  {
    title: groups.inventory,
    isTitled: true,
    places: [
      { title: places.networks, path: paths.networks, icon: Network, letter: 'n' },
      { title: places.sandboxes, path: paths.sandboxes, icon: Box, letter: 's' },
      { title: places.endpoints, path: paths.endpoints, icon: Waypoints, letter: 'e' },
      { title: places.policies, path: paths.policies, icon: ShieldCheck, letter: 'p' },
      { title: places.addresses, path: paths.addresses, icon: Grid3x3, letter: 'd' },
    ],
  },
  {
    title: groups.operations,
    isTitled: true,
    places: [
      { title: places.hosts, path: paths.hosts, icon: Server, letter: 'h' },
      { title: places.events, path: paths.events, icon: ScrollText, letter: 'v' },
      { title: places.probes, path: paths.probes, icon: Activity, letter: 'b' },
      { title: places.audit, path: paths.audit, icon: ClipboardList, letter: 'u', needs: { resource: 'audit', verb: 'read' } },
      { title: places.settings, path: paths.settings, icon: Settings, letter: ',' },
    ],
  },
];

export const allPlaces: readonly Place[] = navigation.flatMap((group) => group.places);

/** Whether an address belongs to a place: its own, or one below it. */
export const isAt = (place: Place, pathname: string): boolean =>
  place.path === paths.home ? pathname === paths.home : pathname === place.path || pathname.startsWith(`${place.path}/`);

/** The places to which somebody is led, of whom `refusal` tells what they may not do. */
export const placesFor = (places: readonly Place[], refusal: (access: Access) => string | undefined): readonly Place[] =>
  places.filter(({ needs }) => needs === undefined || refusal(needs) === undefined);
