'use client';

import type { SandboxStack } from '@netyard/api-client';
import { CircleArrowDown, CircleArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { stack as text, traffic as words } from '../../messages';
import { EmptyState } from '../../ui/empty-state';
import { PlainTable } from '../../ui/plain-table';
import { Time } from '../../ui/time';
import { None, ObjectLink } from '../inventory/cells';
import type { SandboxRow } from '../inventory/inventory';
import { EmptyWithRequest } from '../page/empty-with-command';
import { QuestionState } from '../page/question-state';
import { rateText } from '../traffic/direction';
import { linkRatesMbps } from './link-rates';
import { useStack, type StackAnswers } from './use-stack';

/** The interfaces in a sandbox, whoever has made them, and what they carry now. */
export function InterfacesTab({ row }: { row: SandboxRow }) {
  return (
    <Stack row={row} count={({ links, linkCount }) => [links.length, linkCount]}>
      {({ before, now }) => (
        <PlainTable
          label={text.interfaces}
          rows={now.links}
          keyOf={({ name }) => name}
          columns={[
            { title: text.link, cell: ({ name, kind }) => <LinkName name={name} kind={kind} /> },
            { title: text.state, cell: ({ up }) => <UpOrDown up={up} /> },
            { title: text.addresses, cell: ({ addresses }) => <Lines values={addresses} /> },
            { title: text.endpoint, isWideOnly: true, cell: ({ name }) => <EndpointOf row={row} interfaceName={name} /> },
            { title: text.mac, isWideOnly: true, cell: ({ macAddress }) => macAddress ?? <None /> },
            { title: text.mtu, align: 'end', isWideOnly: true, cell: ({ mtuBytes }) => mtuBytes },
            {
              title: text.received,
              align: 'end',
              cell: (link) => <Carried traffic={link.ingress} mbps={linkRatesMbps(before, now, link.name)?.ingress} />,
            },
            {
              title: text.sent,
              align: 'end',
              cell: (link) => <Carried traffic={link.egress} mbps={linkRatesMbps(before, now, link.name)?.egress} />,
            },
          ]}
        />
      )}
    </Stack>
  );
}

export function RoutesTab({ row }: { row: SandboxRow }) {
  return (
    <Stack row={row} count={({ routes, routeCount }) => [routes.length, routeCount]}>
      {({ now: { routes } }) =>
        routes.length === 0 ? (
          <Card>
            <EmptyState title={text.noRoutes} />
          </Card>
        ) : (
          <PlainTable
            label={text.routes}
            rows={routes}
            keyOf={({ destination, via, link, metric }) => [destination, via, link, metric].join(' ')}
            columns={[
              { title: text.destination, cell: ({ destination }) => <Destination prefix={destination} /> },
              { title: text.via, cell: ({ via }) => via ?? <span className="text-ink-2">{text.onLink}</span> },
              { title: text.link, cell: ({ link }) => link ?? <None /> },
              { title: text.metric, align: 'end', isWideOnly: true, cell: ({ metric }) => metric ?? <None /> },
              { title: text.source, isWideOnly: true, cell: ({ source }) => source ?? <None /> },
              { title: text.madeBy, isWideOnly: true, cell: ({ byKernel }) => (byKernel ? text.kernel : text.others) },
            ]}
          />
        )
      }
    </Stack>
  );
}

export function NeighboursTab({ row }: { row: SandboxRow }) {
  return (
    <Stack row={row} count={({ neighbours, neighbourCount }) => [neighbours.length, neighbourCount]}>
      {({ now: { neighbours } }) =>
        neighbours.length === 0 ? (
          <Card>
            <EmptyWithRequest
              title={text.noNeighbours}
              say={text.noNeighboursHow}
              request={{ method: 'POST', path: '/v1/probes', body: { spec: { sandbox: row.name, kind: 'ping', target: '192.0.2.1' } } }}
            />
          </Card>
        ) : (
          <PlainTable
            label={text.neighbours}
            rows={neighbours}
            keyOf={({ address, link }) => `${address} ${link}`}
            columns={[
              { title: text.address, cell: ({ address }) => address },
              { title: text.mac, cell: ({ macAddress }) => macAddress ?? <None /> },
              { title: text.link, cell: ({ link }) => link },
              { title: text.state, cell: ({ state }) => state },
            ]}
          />
        )
      }
    </Stack>
  );
}

interface StackProps {
  row: SandboxRow;
  /** How many are told of, and how many there are. */
  count: (stack: SandboxStack) => [shown: number, all: number];
  children: (answers: StackAnswers) => ReactNode;
}

function Stack({ row, count, children }: StackProps) {
  const question = useStack(row);
  if (!question.data && !question.error && (row.health.tone === 'pending' || row.health.tone === 'deleting'))
    return (
      <Card>
        <EmptyState title={text.notReady} />
      </Card>
    );
  return (
    <div className="flex flex-col gap-2">
      <QuestionState question={question}>
        {(answers) => {
          const [shown, all] = count(answers.now);
          return (
            <>
              {children(answers)}
              <p className="text-[12px] text-ink-3">
                {text.observed} <Time at={answers.now.observedAt} />. {shown < all && text.more(shown, all)}
              </p>
            </>
          );
        }}
      </QuestionState>
    </div>
  );
}

const Card = ({ children }: { children: ReactNode }) => (
  <div className="rounded-lg border border-line bg-surface shadow-card">{children}</div>
);

const LinkName = ({ name, kind }: { name: string; kind: string | null }) => (
  <>
    <span className="font-medium">{name}</span>
    {kind !== null && <span className="ml-1.5 text-ink-3">{kind}</span>}
  </>
);

function UpOrDown({ up }: { up: boolean }) {
  const Icon = up ? CircleArrowUp : CircleArrowDown;
  return (
    <span className={`inline-flex items-center gap-1 ${up ? 'text-ready' : 'text-warning'}`}>
      <Icon className="size-3.5" aria-hidden="true" />
      {up ? text.up : text.down}
    </span>
  );
}

function Lines({ values }: { values: readonly string[] }) {
  if (values.length === 0) return <None />;
  return values.map((value) => (
    <span key={value} className="block break-all">
      {value}
    </span>
  ));
}

function Destination({ prefix }: { prefix: string }) {
  const isDefault = prefix === '0.0.0.0/0' || prefix === '::/0';
  return (
    <>
      <span className="font-medium break-all">{prefix}</span>
      {isDefault && <span className="ml-1.5 text-ink-3">{text.everywhere}</span>}
    </>
  );
}

/** The endpoint whose interface it is. */
function EndpointOf({ row, interfaceName }: { row: SandboxRow; interfaceName: string }) {
  const endpoint = row.endpoints.find(({ object }) => object.status.interfaceName === interfaceName);
  if (endpoint) return <ObjectLink kind="endpoint" name={endpoint.name} />;
  return interfaceName === 'lo' ? <None /> : <span className="text-ink-3">{text.notOurs}</span>;
}

const amount = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function Carried({
  traffic: { bytes, dropped, errors },
  mbps,
}: {
  traffic: SandboxStack['links'][number]['ingress'];
  mbps: number | undefined;
}) {
  return (
    <span className="whitespace-nowrap">
      {mbps === undefined ? '…' : rateText(mbps)} <span className="text-ink-3">{words.unit}</span>
      <span className="block text-[12px] text-ink-3">{words.bytes(amount.format(bytes))}</span>
      {dropped + errors > 0 && <span className="block text-[12px] text-warning">{words.lost(amount.format(dropped + errors))}</span>}
    </span>
  );
}
