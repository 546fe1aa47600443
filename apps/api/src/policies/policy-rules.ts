import {
  labelKeyPattern,
  labelValuePattern,
  type DesiredPolicyRule,
  type DesiredPolicySelector,
  type NetworkId,
  type PolicyProtocol,
} from '@netyard/contracts';
import { Prefix } from '@netyard/inet';
import type { Transaction } from '../database/transaction';
import { fieldError, findByReference, splitReferences, unknownReference } from '../objects/object-row';
import type { CreatePolicyRuleDto, PolicySelectorDto } from './policy.dto';

type Pointer = (path: string) => string;

/** The network of a policy, as its rules need it. */
export interface PolicyNetwork {
  id: string;
  name: string;
}

const protocolsWithPorts = new Set<PolicyProtocol>(['tcp', 'udp', 'sctp']);
const lastPort = 65_535;

/** A selector with where it stands in the request. */
interface Placed {
  dto: PolicySelectorDto;
  pointer: Pointer;
}

/** Reads rules, with networks by their ids. Throws NetyardError that names the field and the culprit; also for a selector that matches nothing now. */
export async function parseRules(
  transaction: Pick<Transaction, 'query'>,
  tenantId: string,
  network: PolicyNetwork,
  rules: CreatePolicyRuleDto[],
  pointer: Pointer,
): Promise<DesiredPolicyRule[]> {
  const placed = rules.flatMap(({ from, to }, index) => [
    ...(from ? [{ dto: from, pointer: (path: string) => pointer(`/${index}/from${path}`) }] : []),
    ...(to ? [{ dto: to, pointer: (path: string) => pointer(`/${index}/to${path}`) }] : []),
  ]);
  const networks = await findNetworks(transaction, tenantId, network, placed);
  const selectors = new Map(placed.map(({ dto, pointer: at }) => [dto, parseSelector(dto, network, networks, at)]));
  await assertEndpoints(transaction, tenantId, placed);
  await assertMatches(transaction, placed, selectors, [network, ...networks]);
  return rules.map((rule, index): DesiredPolicyRule => {
    const at: Pointer = (path) => pointer(`/${index}${path}`);
    const { action, protocol = 'any', ports = [], from, to, direction = 'both' } = rule;
    assertPorts(protocol, ports, at);
    assertOneFamily(from, to, at);
    return { action, protocol, ports, direction, from: (from && selectors.get(from)) ?? null, to: (to && selectors.get(to)) ?? null };
  });
}

async function findNetworks(
  transaction: Pick<Transaction, 'query'>,
  tenantId: string,
  own: PolicyNetwork,
  placed: Placed[],
): Promise<PolicyNetwork[]> {
  const refs = [...new Set(placed.flatMap(({ dto }) => dto.network ?? []))];
  if (refs.length === 0) return [];
  const { names, ids } = splitReferences(refs);
  const rows = await transaction.query<PolicyNetwork>(
    'SELECT id, name FROM network WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) AND deletion_requested_at IS NULL FOR KEY SHARE',
    [tenantId, names, ids],
  );
  for (const { dto, pointer } of placed)
    if (dto.network !== undefined && !findByReference([own, ...rows], dto.network))
      throw unknownReference('network', dto.network, pointer('/network'));
  return rows;
}

function parseSelector(dto: PolicySelectorDto, own: PolicyNetwork, networks: PolicyNetwork[], pointer: Pointer): DesiredPolicySelector {
  const { endpoints = [], labels, cidrs = [], network } = dto;
  if (endpoints.length === 0 && labels === undefined && cidrs.length === 0 && network === undefined)
    throw fieldError(
      'invalid-value',
      'a selector names endpoints, labels, a network or cidrs; leave it out to select everything',
      pointer(''),
    );
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!labelKeyPattern.test(key)) throw fieldError('invalid-value', `"${key}" is no key of a label`, pointer('/labels'));
    if (typeof value !== 'string' || !labelValuePattern.test(value))
      throw fieldError('invalid-value', `"${String(value)}" is no value of a label`, pointer(`/labels/${key}`));
  }
  const prefixes = cidrs.map((cidr, index) => {
    const prefix = Prefix.parse(cidr);
    if (!prefix)
      throw fieldError('invalid-value', `"${cidr}" is no prefix without host bits, such as 192.0.2.0/24`, pointer(`/cidrs/${index}`));
    return prefix.toString();
  });
  const found = network === undefined ? own : findByReference([own, ...networks], network);
  return {
    endpoints,
    networkId: (found ?? own).id as NetworkId,
    labels: labels ?? (network === undefined ? null : {}),
    cidrs: prefixes,
  };
}

async function assertEndpoints(transaction: Pick<Transaction, 'query'>, tenantId: string, placed: Placed[]): Promise<void> {
  const names = [...new Set(placed.flatMap(({ dto }) => dto.endpoints ?? []))];
  if (names.length === 0) return;
  const rows = await transaction.query<{ name: string }>('SELECT name FROM endpoint WHERE tenant_id = $1 AND name = ANY ($2)', [
    tenantId,
    names,
  ]);
  const known = new Set(rows.map(({ name }) => name));
  for (const { dto, pointer } of placed)
    for (const [index, name] of (dto.endpoints ?? []).entries())
      if (!known.has(name)) throw unknownReference('endpoint', name, pointer(`/endpoints/${index}`));
}

/** Whoever writes a selector that matches nothing has most likely misspelt a label. */
async function assertMatches(
  transaction: Pick<Transaction, 'query'>,
  placed: Placed[],
  selectors: Map<PolicySelectorDto, DesiredPolicySelector>,
  networks: PolicyNetwork[],
): Promise<void> {
  const asked = placed.flatMap(({ dto, pointer }) => {
    const selector = selectors.get(dto);
    return selector && Object.keys(selector.labels ?? {}).length > 0 ? [{ selector, pointer }] : [];
  });
  if (asked.length === 0) return;
  const matches = await transaction.query<{ n: number }>(
    `SELECT (s.n - 1)::int AS n FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS s (selector, n)
     WHERE EXISTS (SELECT FROM endpoint e WHERE e.network_id = (s.selector ->> 'networkId')::uuid AND e.labels @> (s.selector -> 'labels'))`,
    [JSON.stringify(asked.map(({ selector: { networkId, labels } }) => ({ networkId, labels })))],
  );
  const matching = new Set(matches.map(({ n }) => n));
  for (const [index, { selector, pointer }] of asked.entries()) {
    if (matching.has(index)) continue;
    const network = networks.find(({ id }) => id === selector.networkId);
    const labels = Object.entries(selector.labels ?? {}).map(([key, value]) => `${key}=${value}`);
    throw fieldError('invalid-value', `no endpoint of network ${network?.name} has ${labels.join(',')}`, pointer('/labels'));
  }
}

function assertPorts(protocol: PolicyProtocol, ports: string[], pointer: Pointer): void {
  if (ports.length > 0 && !protocolsWithPorts.has(protocol))
    throw fieldError('invalid-value', `protocol ${protocol} has no ports: ports need tcp, udp or sctp`, pointer('/ports'));
  const ranges: { text: string; first: number; last: number }[] = [];
  for (const [index, text] of ports.entries()) {
    const [first = 0, last = first] = text.split('-').map(Number);
    const at = pointer(`/ports/${index}`);
    const outside = [first, last].find((port) => port < 1 || port > lastPort);
    if (outside !== undefined) throw fieldError('invalid-value', `${outside} is no port: ports are 1 to ${lastPort}`, at);
    if (last < first) throw fieldError('invalid-value', `the range ${text} ends before it begins`, at);
    const other = ranges.find((range) => range.first <= last && first <= range.last);
    if (other) throw fieldError('invalid-value', `${text} overlaps ${other.text}`, at);
    ranges.push({ text, first, last });
  }
}

/** A rule whose sides have prefixes of different families would never match by them. */
function assertOneFamily(from: PolicySelectorDto | undefined, to: PolicySelectorDto | undefined, pointer: Pointer): void {
  const isAlone = (selector: PolicySelectorDto | undefined): selector is PolicySelectorDto & { cidrs: string[] } =>
    selector?.cidrs !== undefined && selector.endpoints === undefined && selector.labels === undefined && selector.network === undefined;
  if (!isAlone(from) || !isAlone(to)) return;
  const families = (cidrs: string[]): Set<boolean> => new Set(cidrs.map((cidr) => cidr.includes(':')));
  const sources = families(from.cidrs);
  if ([...families(to.cidrs)].some((family) => sources.has(family))) return;
  throw fieldError(
    'invalid-value',
    `${to.cidrs[0]} and ${from.cidrs[0]} are of different IP versions: no flow has both`,
    pointer('/to/cidrs/0'),
  );
}
