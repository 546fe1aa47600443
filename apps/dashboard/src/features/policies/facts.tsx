'use client';

import { policies as text } from '../../messages';
import { Fact, Facts } from '../../ui/facts';
import { ObjectLink } from '../inventory/cells';
import { Conditions } from '../inventory/conditions';
import type { PolicyRow } from '../inventory/inventory';
import { ObjectFacts } from '../inventory/object-facts';
import { FlowCount, RuleList } from './rule-list';
import { usePolicyCounters } from './use-policy-counters';

export function PolicyFacts({ row }: { row: PolicyRow }) {
  const { spec, status } = row.object;
  const { data: counters } = usePolicyCounters(row);
  return (
    <>
      <Facts>
        <Fact name={text.network}>
          <ObjectLink kind="network" name={row.networkName} />
        </Fact>
        <Fact name={text.priority}>{spec.priority}</Fact>
        <Fact name={text.everythingElse}>
          {spec.defaultAction === 'deny' ? text.denied : text.allowed}
          {spec.defaultAction === 'deny' && counters && <FlowCount packets={counters.defaultDenied.packets} />}
        </Fact>
        <Fact name={text.inForce}>
          {status.hosts.length === 0
            ? text.inForceNowhere
            : status.hosts.map(({ host }) => (
                <span key={host} className="mr-2">
                  <ObjectLink kind="host" name={host} />
                </span>
              ))}
        </Fact>
        <ObjectFacts row={row} />
      </Facts>
      <div>
        <h3 className="mb-1 text-[12px] font-medium text-ink-3">{text.ruleCount(spec.rules.length)}</h3>
        {spec.rules.length === 0 ? (
          <p className="text-ink-2">{text.noRules}</p>
        ) : (
          <RuleList label={text.rules} rules={spec.rules} network={row.networkName} counters={counters} />
        )}
      </div>
      {status.hosts.map(({ host, conditions }) => (
        <Conditions key={host} title={text.conditionsOn(host)} conditions={conditions} />
      ))}
    </>
  );
}
