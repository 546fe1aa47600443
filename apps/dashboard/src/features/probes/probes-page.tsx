'use client';

import { probes } from '../../messages';
import { PageHeading } from '../page/page-heading';
import { ProbeForm } from './probe-form';
import { ProbeList } from './probe-list';

/** Connections tried from any sandbox, with the results as they come. */
export function ProbesPage() {
  return (
    <>
      <PageHeading title={probes.title} />
      <p className="-mt-2 text-ink-2">{probes.about}</p>
      <ProbeForm />
      <section aria-label={probes.results} className="flex flex-col gap-2">
        <h2 className="font-medium">{probes.results}</h2>
        <ProbeList />
      </section>
    </>
  );
}
