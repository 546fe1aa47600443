import type { DesiredEndpoint } from '@netyard/contracts';
import { describeStep, driverFor, type KernelObject } from '@netyard/drivers';
import { describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, network, port, portId, sandbox, encryptedOverlay } from '../testing/desired';
import { observedOf, type Observed } from './difference';
import { networkObjects, planNetwork, planPort, planRemoval, planSandboxJoins } from './plan';

const joinedTo = (over: Partial<DesiredEndpoint> = {}, networkNumber = 1) => ({
  network: network(networkNumber),
  sandbox: sandbox(1),
  endpoint: endpoint(1, networkNumber, over),
});
const objectsOf = (joined: ReturnType<typeof joinedTo>): KernelObject[] => driverFor('bridge').join(joined);
const routesOf = (joined: ReturnType<typeof joinedTo>): KernelObject[] => driverFor('bridge').defaultRoutes(joined);
const brief = (object: KernelObject): string =>
  'name' in object ? `${object.kind} ${object.name}` : describeStep({ verb: 'add', object }).replace(/^.* (add|-w) /, '');

describe('a network that stands', () => {
  const standing = networkObjects(network(1));
  const cases: { name: string; in: () => Observed; want: string[] }[] = [
    { name: 'as wanted is left alone', in: () => observedOf(standing), want: [] },
    {
      name: 'without its address gets it',
      in: () => observedOf(standing.filter(({ kind }) => kind !== 'address')),
      want: ['ip addr add 198.18.1.1/24 dev ny-00000001'],
    },
    {
      name: 'with an address too many loses it',
      in: () => observedOf([...standing, { kind: 'address', place: { in: 'host' }, link: 'ny-00000001', address: '203.0.113.1/24' }]),
      want: ['ip addr del 203.0.113.1/24 dev ny-00000001'],
    },
    {
      name: 'with rules too few and too many gets the right ones',
      in: () =>
        observedOf([
          ...standing.filter((object) => object.kind !== 'rule-element' || object.set !== 'masquerade4'),
          { kind: 'rule-element', set: 'internal', key: ['ny-00000001'], owner: 'ny-00000001' },
        ]),
      want: [
        'nft delete element inet netyard internal { "ny-00000001" }',
        'nft add element inet netyard masquerade4 { 198.18.1.0/24 . "ny-00000001" }',
      ],
    },
    {
      name: 'with forwarding off has it switched on',
      in: () => observedOf(standing.map((object) => (object.kind === 'sysctl' ? { ...object, value: '0' } : object))),
      want: ['sysctl -w net.ipv4.ip_forward=1'],
    },
  ];
  it.each(cases)('$name', ({ in: observed, want }) => {
    expect(planNetwork(network(1), observed()).steps.map(describeStep)).toEqual(want);
  });

  it('down is raised in place, since its ports hang on it', () => {
    const observed = new Map([...observedOf(standing)].map(([key, { object }]) => [key, { object, sound: object.kind !== 'bridge' }]));
    expect(planNetwork(network(1), observed).steps.map(({ verb, object }) => `${verb} ${brief(object)}`)).toEqual([
      'add bridge ny-00000001',
    ]);
  });

  it('goes last made first', () => {
    const { steps } = planRemoval({ subject: network(1), observed: observedOf(standing.filter(({ kind }) => kind !== 'sysctl')) });
    expect(steps.map(({ verb, object }) => `${verb} ${object.kind}`)).toEqual([
      'remove address',
      'remove bridge',
      ...standing.filter(({ kind }) => kind === 'rule-element').map(() => 'remove rule-element'),
    ]);
  });
});

describe('an encrypted network', () => {
  const wanted = encryptedOverlay(1, 1, [
    { publicKey: 'new', innerAddress: 'fd00:db8:0:4::2' },
    { publicKey: 'old', innerAddress: 'fd00:db8:0:4::1' },
  ]);
  const before = encryptedOverlay(1, 1, [{ publicKey: 'old', innerAddress: 'fd00:db8:0:4::1' }]);

  it('takes another key and its address in place, without a break', () => {
    const { steps } = planNetwork(wanted, observedOf(networkObjects(before)));
    expect(steps.map(({ verb, object }) => `${verb} ${object.kind}`)).toEqual(['add wireguard', 'add address', 'add route']);
  });
});

describe('an endpoint', () => {
  const joined = joinedTo();
  const plan = (observed: Observed) =>
    planSandboxJoins({ sandbox: sandbox(1), joins: [joined], touched: new Set([joined.endpoint.id]), observed });
  const stepsOf = (observed: Observed): string[] =>
    plan(observed).joins.flatMap(({ steps }) => steps.map(({ verb, object }) => `${verb} ${object.kind}`));
  const standing = [...objectsOf(joined), ...routesOf(joined)];

  it('that is missing is made', () => {
    expect(stepsOf(new Map())).toEqual([...Array(5).fill('add rule-element'), 'add veth', 'add address', 'add route']);
  });

  it('that stands as wanted is left alone', () => {
    expect(stepsOf(observedOf(standing))).toEqual([]);
  });

  it('whose link differs is replaced, with all that stands on it', () => {
    const differing = standing.map((object): KernelObject => (object.kind === 'veth' ? { ...object, isolated: true } : object));
    expect(stepsOf(observedOf(differing))).toEqual(['remove veth', 'add veth', 'add address', 'add route']);
  });

  it('whose link has another MTU only keeps it, and all that stands on it', () => {
    const differing = standing.map((object): KernelObject => (object.kind === 'veth' ? { ...object, mtuBytes: 1400 } : object));
    expect(stepsOf(observedOf(differing))).toEqual(['add veth']);
  });

  it('with an address too many loses it', () => {
    const extra: KernelObject = {
      kind: 'address',
      place: { in: 'sandbox', sandboxId: sandbox(1).id },
      link: 'eth0',
      address: '203.0.113.9/24',
    };
    expect(stepsOf(observedOf([...standing, extra]))).toEqual(['remove address']);
  });

  it('that the driver refuses does not keep others from joining', () => {
    const refused = {
      ...joinedTo({ id: endpoint(9, 1).id, interfaceName: null }),
      endpoint: endpoint(9, 1, { sandboxId: sandbox(1).id, interfaceName: null }),
    };
    const touched = new Set([joined.endpoint.id, refused.endpoint.id]);
    const result = planSandboxJoins({ sandbox: sandbox(1), joins: [refused, joined], touched, observed: new Map() });
    expect(result.refused.map(({ subject }) => subject.name)).toEqual(['endpoint-9']);
    expect(result.joins.map(({ subject }) => subject.name)).toEqual(['endpoint-1']);
  });
});

describe('the default route of a sandbox', () => {
  const member = (number: number, over: Partial<DesiredEndpoint> = {}, dualStack = false) => ({
    network: dualStack ? dualStackNetwork(number) : network(number),
    sandbox: sandbox(1),
    endpoint: endpoint(number, number, { sandboxId: sandbox(1).id, interfaceName: `eth${number}`, ...over }),
  });
  const cases: { name: string; in: ReturnType<typeof member>[]; want: string[] }[] = [
    {
      name: 'is given by the highest priority',
      in: [member(1), member(2, { gatewayPriority: 5 })],
      want: ['0.0.0.0/0 via 198.18.2.1 dev eth2'],
    },
    { name: 'is given by the first that joined', in: [member(2), member(1)], want: ['0.0.0.0/0 via 198.18.1.1 dev eth1'] },
    {
      name: 'is given by the lowest id at last',
      in: [member(2, { joinedAt: 'x' }), member(1, { joinedAt: 'x' })],
      want: ['0.0.0.0/0 via 198.18.1.1 dev eth1'],
    },
    {
      name: 'of each family is given by one that has the family',
      in: [member(1, { gatewayPriority: 5 }), member(2, { addresses: ['198.18.2.3/24', '2001:db8:2::3/64'] }, true)],
      want: ['0.0.0.0/0 via 198.18.1.1 dev eth1', '::/0 via 2001:db8:2::1 dev eth2'],
    },
    {
      name: 'is not given by an internal network',
      in: [{ ...member(1), network: network(1, { internal: true }) }, member(2)],
      want: ['0.0.0.0/0 via 198.18.2.1 dev eth2'],
    },
  ];
  it.each(cases)('$name', ({ in: joins, want }) => {
    const { joins: works } = planSandboxJoins({
      sandbox: sandbox(1),
      joins,
      touched: new Set(joins.map(({ endpoint: { id } }) => id)),
      observed: new Map(),
    });
    const routes = works.flatMap(({ steps }) => steps).filter(({ object }) => object.kind === 'route');
    expect(routes.map((step) => describeStep(step).replace(/^.*route add /, '')).sort()).toEqual(want);
  });

  it('passes to the next when the one that gave it is no more, though that was not touched', () => {
    const [first, second] = [member(1), member(2)];
    const observed = observedOf(driverFor('bridge').defaultRoutes(first));
    const { staleRoutes, joins } = planSandboxJoins({ sandbox: sandbox(1), joins: [second], touched: new Set(), observed });
    expect(staleRoutes.map(({ verb, object }) => `${verb} ${brief(object)}`)).toEqual(['remove 0.0.0.0/0 via 198.18.1.1 dev eth1']);
    expect(joins.map(({ subject }) => subject.name)).toEqual(['endpoint-2']);
  });
});

describe('a port', () => {
  const joined = joinedTo();
  const steps = (over: Parameters<typeof port>[2], before: Parameters<typeof port>[2] = {}): string[] =>
    planPort(port(1, 1, over), joined, observedOf(driverFor('bridge').publish(joined, port(1, 1, before)))).steps.map(describeStep);

  it.each([
    { name: 'as wanted is left alone', in: {}, want: [] },
    {
      name: 'of another number takes the place of the first',
      in: { hostPort: 9000 },
      want: [
        'nft delete element inet netyard ports4 { tcp . 8001 }',
        'nft add element inet netyard ports4 { tcp . 9000 : 198.18.1.2 . 80 }',
      ],
    },
    {
      name: 'that leads elsewhere is changed in place',
      in: { port: 81 },
      want: ['nft add element inet netyard ports4 { tcp . 8001 : 198.18.1.2 . 81 }'],
    },
    {
      name: 'for some is closed to the others before anything else',
      in: { allowedSources: ['192.0.2.0/24'] },
      want: [
        'nft add element inet netyard restricted4 { tcp . 8001 }',
        'nft add element inet netyard sources4 { tcp . 8001 . 192.0.2.0/24 }',
      ],
    },
  ])('$name', ({ in: over, want }) => {
    expect(steps(over)).toEqual(want);
  });

  it('belongs to its endpoint by its own id', () => {
    const objects = driverFor('bridge').publish(joined, port(1, 1));
    expect(objects.flatMap((object) => (object.kind === 'rule-element' ? [object.owner] : []))).toEqual([portId(1)]);
  });
});
