'use client';

import { LiveProvider } from '../../api/live';
import { CodeBlock } from '../../ui/code-block';
import { EmptyState } from '../../ui/empty-state';
import { TooltipProvider } from '../../ui/tooltip';
import { endpointColumns } from '../endpoints/columns';
import { ApiUrlProvider, useApiUrl } from '../form/api-url';
import { curlLine, type RequestLine } from '../form/curl';
import { HostStrip } from '../hosts/host-strip';
import { InventoryProvider, useInventory } from '../inventory/use-inventory';
import { useNewViewActions, useViewActions, ViewActionsProvider } from '../inventory/view-state';
import { networkColumns } from '../networks/columns';
import { Attention } from '../overview/attention';
import { Summary } from '../overview/summary';
import { policyColumns } from '../policies/columns';
import { sandboxColumns } from '../sandboxes/columns';
import { ConnectionBanner } from '../session/connection-banner';
import { Header } from '../session/header';
import { DetailPanel } from './detail-panel';
import { Dialogs } from './dialogs';
import { TableSection } from './table-section';

/** The one page: what there is, live, and what can be done about it. */
export function DashboardPage({ apiUrl }: { apiUrl: string }) {
  const actions = useNewViewActions();
  return (
    <ApiUrlProvider value={apiUrl}>
      <LiveProvider>
        <InventoryProvider>
          <ViewActionsProvider value={actions}>
            <TooltipProvider delayDuration={250}>
              <a
                href="#networks"
                className="sr-only z-50 rounded-md bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
              >
                Skip to the tables
              </a>
              <Header />
              <Content />
              <Dialogs />
            </TooltipProvider>
          </ViewActionsProvider>
        </InventoryProvider>
      </LiveProvider>
    </ApiUrlProvider>
  );
}

function Content() {
  const inventory = useInventory();
  return (
    <div className="mx-auto flex max-w-[100rem] items-start gap-4 px-4 py-4 lg:px-6">
      <main className="flex min-w-0 flex-1 flex-col gap-4">
        <h1 className="sr-only">Networks, sandboxes and endpoints</h1>
        <ConnectionBanner />
        <Summary inventory={inventory} />
        {inventory && <HostStrip inventory={inventory} />}
        {inventory && <Attention inventory={inventory} />}
        <Tables />
      </main>
      <DetailPanel />
    </div>
  );
}

function Tables() {
  const inventory = useInventory();
  const { open } = useViewActions();
  const noHost = inventory?.hosts.length === 0 ? 'No host has registered yet.' : undefined;
  return (
    <>
      <TableSection
        kind="networks"
        title="Networks"
        rows={inventory?.networks}
        columns={networkColumns}
        create={{ label: 'Create network', run: () => open('create-network') }}
        empty={<Empty title="No networks yet" say="Create one with the button above, or from a shell:" request={firstNetwork} />}
      />
      <TableSection
        kind="sandboxes"
        title="Sandboxes"
        rows={inventory?.sandboxes}
        columns={sandboxColumns}
        create={{ label: 'Create sandbox', run: () => open('create-sandbox'), disabledReason: noHost }}
        empty={
          noHost ? (
            <EmptyState title="No hosts yet">
              <p className="text-ink-2">A sandbox is on a host. Start a worker on one; it registers itself:</p>
              <WorkerCommand />
            </EmptyState>
          ) : (
            <Empty
              title="No sandboxes yet"
              say="A sandbox is a network stack of its own on a host. Create one above, or from a shell:"
              request={firstSandbox(inventory?.hosts[0]?.name ?? 'HOST')}
            />
          )
        }
      />
      <TableSection
        kind="endpoints"
        title="Endpoints"
        rows={inventory?.endpoints}
        columns={endpointColumns}
        create={{ label: 'Join', run: () => open('join'), disabledReason: noHost }}
        empty={
          <Empty
            title="Nothing is joined yet"
            say="An endpoint joins a sandbox to a network. Join one above, or from a shell:"
            request={firstEndpoint}
          />
        }
      />
      <TableSection
        kind="policies"
        title="Policies"
        rows={inventory?.policies}
        columns={policyColumns}
        create={{
          label: 'Create policy',
          run: () => open('create-policy'),
          disabledReason: inventory?.networks.length === 0 ? 'There is no network yet.' : undefined,
        }}
        empty={
          <Empty
            title="No policies yet"
            say="Endpoints of one network reach each other; a policy says who may not. Create one above, or from a shell:"
            request={firstPolicy}
          />
        }
      />
    </>
  );
}

const firstNetwork: RequestLine = { method: 'POST', path: '/v1/networks', body: { metadata: { name: 'web' }, spec: { driver: 'bridge' } } };
const firstSandbox = (host: string): RequestLine => ({
  method: 'POST',
  path: '/v1/sandboxes',
  body: { metadata: { name: 'a' }, spec: { host } },
});
const firstEndpoint: RequestLine = { method: 'POST', path: '/v1/endpoints', body: { spec: { network: 'web', sandbox: 'a' } } };

const firstPolicy: RequestLine = {
  method: 'POST',
  path: '/v1/policies',
  body: { spec: { network: 'web', rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432'], from: { endpoints: ['a-web'] } }] } },
};

function Empty({ title, say, request }: { title: string; say: string; request: RequestLine }) {
  const apiUrl = useApiUrl();
  return (
    <EmptyState title={title}>
      <p className="text-ink-2">{say}</p>
      <div className="w-full max-w-2xl">
        <CodeBlock label="Command" code={curlLine(apiUrl, request)} />
      </div>
    </EmptyState>
  );
}

function WorkerCommand() {
  const apiUrl = useApiUrl();
  return (
    <div className="w-full max-w-2xl">
      <CodeBlock label="Command" code={`npx netyard-worker --api ${apiUrl} --token "$NETYARD_TOKEN" --name "$(hostname)"`} />
    </div>
  );
}
