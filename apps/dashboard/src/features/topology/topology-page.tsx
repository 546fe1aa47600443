'use client';

import dynamic from 'next/dynamic';
import { topology as text } from '../../messages/topology';
import { PageHeading } from '../page/page-heading';

// What draws and lays out is much script, and of use on this page alone.
const TopologyView = dynamic(() => import('./topology-view').then((module) => module.TopologyView), {
  ssr: false,
  loading: () => (
    <>
      <PageHeading title={text.title} />
      <p role="status" className="text-ink-3">
        {text.loading}…
      </p>
    </>
  ),
});

/** Hosts, router namespaces, networks, sandboxes and endpoints as they are, and how they hang together. */
export function TopologyPage() {
  return <TopologyView />;
}
