'use client';

import type { Driver } from '@netyard/api-client';
import { CircleCheck, Lock } from 'lucide-react';
import { useDrivers } from '../../api/drivers';
import { settings } from '../../messages';
import { Disclosure } from '../../ui/disclosure';
import { usePageDialog } from '../inventory/view-state';
import { TableSkeleton } from '../page/table-skeleton';
import { useRefusal } from '../session/session-context';
import { GrantsForm, namespaceTypes } from './grants-form';
import { SettingsPage } from './settings-page';
import { useTenant } from './use-tenant';

const text = settings.drivers;
const dialogs = ['grants'] as const;

export function DriversPage() {
  const { tenant, error } = useTenant();
  const drivers = useDrivers();
  const { dialog, open, close } = usePageDialog(dialogs);
  const refusal = useRefusal()({ resource: 'tenant', verb: 'update' });
  return (
    <SettingsPage
      title={settings.pages.drivers}
      say={text.say}
      action={{ label: text.change, run: () => open('grants'), disabledReason: refusal }}
      error={error}
    >
      {!error && !(tenant && drivers) && <TableSkeleton />}
      {tenant && drivers && (
        <>
          <ul aria-label={text.drivers} className="grid gap-3 sm:grid-cols-2">
            {drivers.map((driver) => (
              <DriverCard key={driver.name} driver={driver} isGranted={tenant.spec.grants.drivers.includes(driver.name)} />
            ))}
          </ul>
          <section aria-labelledby="namespaces-title">
            <h2 id="namespaces-title" className="pb-2 text-[14px] font-semibold">
              {text.namespaces}
            </h2>
            <ul className="grid gap-3 sm:grid-cols-3">
              {namespaceTypes.map((type) => (
                <li key={type} className="rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
                  <div className="flex items-center justify-between gap-2">
                    <h3 className="font-semibold">{text.namespace[type]}</h3>
                    <Granted isGranted={tenant.spec.grants.namespaces.includes(type)} />
                  </div>
                  <p className="text-ink-2">{text.namespaceSay[type]}</p>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      {dialog === 'grants' && tenant && <GrantsForm tenant={tenant} onClose={close} />}
    </SettingsPage>
  );
}

function DriverCard({ driver, isGranted }: { driver: Driver; isGranted: boolean }) {
  const options = Object.entries(driver.optionSchema.properties);
  return (
    <li className="flex flex-col gap-1 rounded-lg border border-line bg-surface px-4 py-3 shadow-card">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-[14px] font-semibold">{driver.name}</h2>
        <Granted isGranted={isGranted} />
      </div>
      <p className="text-ink-2">{driver.description}</p>
      <p className="text-[12px] text-ink-3">{driver.connectivityScope === 'global' ? text.manyHosts : text.oneHost}</p>
      {options.length === 0 ? (
        <p className="text-[12px] text-ink-3">{text.noOptions}</p>
      ) : (
        <Disclosure label={`${text.options} (${options.length})`}>
          {() => (
            <dl className="mt-2 flex flex-col gap-2 border-l border-line pl-3">
              {options.map(([key, { title, description, default: fallback }]) => (
                <div key={key}>
                  <dt>
                    <span className="font-medium">{title}</span> <code className="text-[12px] text-ink-3">{key}</code>
                  </dt>
                  <dd className="text-[12px] leading-[18px] text-ink-2">
                    {description}
                    {fallback !== undefined && <span className="text-ink-3"> ({text.default(String(fallback))})</span>}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Disclosure>
      )}
    </li>
  );
}

function Granted({ isGranted }: { isGranted: boolean }) {
  return isGranted ? (
    <span className="inline-flex items-center gap-1.5 font-medium text-ready">
      <CircleCheck className="size-4" aria-hidden="true" />
      {text.granted}
    </span>
  ) : (
    <span className="inline-flex items-center gap-1.5 font-medium text-ink-3">
      <Lock className="size-4" aria-hidden="true" />
      {text.refused}
    </span>
  );
}
