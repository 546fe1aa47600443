import { describe, expect, it } from 'vitest';
import type { EndpointId } from '@netyard/contracts';
import { clientCommand, clientId, hookScript, mapsNobody } from './client-command';
import { EventReader, parseLease, refusalOf } from './client-event';
import type { LeaseWish } from './messages';

const wish: LeaseWish = {
  endpointId: '0192d3a0-0000-7000-8000-0c0000000001' as EndpointId,
  name: 'a-lan',
  namespacePath: '/run/netns/ny-00000001',
  interfaceKey: '1 2',
  interfaceName: 'eth0',
  broadcast: false,
};
const caps = '-all,+net_raw,+net_bind_service';
const privileges = `--inh-caps=${caps} --ambient-caps=${caps} --bounding-set=${caps} --no-new-privs --pdeathsig=KILL`;
const options = `-o -O subnet -O router -O dns -O domain -t 4 -T 2 -A 5`;
const identity = '-V netyard -x hostname:a-lan -x 0x3d:ff0000000100040192d3a0000070008000' + '0c0000000001';

describe('the command of a client', () => {
  it.each([
    { name: 'at first', requested: null, broadcast: false, hasNobody: true, user: '--reuid=65534 --regid=65534 --clear-groups ', more: '' },
    {
      name: 'that asks for what it had',
      requested: '192.0.2.7',
      broadcast: false,
      hasNobody: true,
      user: '--reuid=65534 --regid=65534 --clear-groups ',
      more: '-r 192.0.2.7 ',
    },
    { name: 'of ipvlan, in a user namespace of one user', requested: null, broadcast: true, hasNobody: false, user: '', more: '-B ' },
  ])('$name is one without a shell', ({ requested, broadcast, hasNobody, user, more }) => {
    const [program, args] = clientCommand({ ...wish, broadcast }, requested, hasNobody);
    expect([program, ...args].join(' ')).toBe(
      `nsenter --net=/run/netns/ny-00000001 -- setpriv ${user}${privileges} -- udhcpc -f -R -i eth0 -s /proc/self/fd/5 ${options} ${more}${identity}`,
    );
  });

  it('has an identifier of 23 bytes that is the endpoint’s alone', () => {
    expect(clientId(wish.endpointId)).toMatch(/^ff[0-9a-f]{8}0004[0-9a-f]{32}$/);
    expect(clientId('0192d3a0-0000-7000-8000-0c0000000002')).not.toBe(clientId(wish.endpointId));
  });

  it('puts nothing into its hook', () => {
    expect(hookScript).not.toContain('undefined');
    expect(hookScript.match(/\$\S+/g)).toEqual(['$1', '$PPID"']);
  });

  it.each([
    { map: '         0          0 4294967295\n', knows: true },
    { map: '         0       1000          1\n', knows: false },
    { map: '         0       1000          1\n         1     100000      65536\n', knows: true },
  ])('is run by nobody where the user namespace knows that user: $knows', ({ map, knows }) => {
    expect(mapsNobody(map)).toBe(knows);
  });
});

const now = new Date('2026-01-02T03:04:05.000Z');
const bound = {
  event: 'bound',
  ip: '192.0.2.57',
  mask: '24',
  router: '192.0.2.1',
  serverid: '192.0.2.2',
  dns: '192.0.2.3 192.0.2.4',
  domain: 'lan.example',
  lease: '3600',
};
const written = (variables: Record<string, string>): string =>
  `${Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\0`)
    .join('')}\0`;
const eventOf = (over: Record<string, string>) => {
  const [event] = new EventReader().take(written({ ...bound, ...over }));
  if (!event) throw new Error('no event');
  return event;
};

describe('events of a client', () => {
  it('are put together from pieces, whatever their values', () => {
    const reader = new EventReader();
    const text = written({ event: 'deconfig' }) + written({ ...bound, domain: 'two\nlines', empty: '' });
    const events = [...text].flatMap((piece) => reader.take(piece));
    expect(events.map(({ name }) => name)).toEqual(['deconfig', 'bound']);
    expect(events[1]?.variables.get('domain')).toBe('two\nlines');
  });

  it('tell of a lease', () => {
    expect(parseLease(eventOf({}), now)).toEqual({
      address: '192.0.2.57',
      prefixLength: 24,
      gateway: '192.0.2.1',
      server: '192.0.2.2',
      dns: ['192.0.2.3', '192.0.2.4'],
      domain: 'lan.example',
      obtainedAt: '2026-01-02T03:04:05.000Z',
      renewAt: '2026-01-02T03:34:05.000Z',
      expiresAt: '2026-01-02T04:04:05.000Z',
      state: 'bound',
    });
  });

  it.each<{ name: string; over: Record<string, string>; want: object }>([
    { name: 'a gateway outside', over: { router: '198.51.100.1' }, want: { gateway: null } },
    { name: 'the second of two gateways', over: { router: '198.51.100.1 192.0.2.9' }, want: { gateway: '192.0.2.9' } },
    { name: 'no gateway', over: { router: '' }, want: { gateway: null } },
    { name: 'servers that are none', over: { dns: '127.0.0.1 x 0.0.0.0 192.0.2.3' }, want: { dns: ['192.0.2.3'] } },
    {
      name: 'more servers than are asked',
      over: { dns: '192.0.2.3 192.0.2.4 192.0.2.5 192.0.2.6' },
      want: { dns: ['192.0.2.3', '192.0.2.4', '192.0.2.5'] },
    },
    { name: 'a domain that is none', over: { domain: 'x\nnameserver 203.0.113.1' }, want: { domain: null } },
    { name: 'a domain with a final dot', over: { domain: 'LAN.example.' }, want: { domain: 'lan.example' } },
    { name: 'a lease for good', over: { lease: '4294967295' }, want: { expiresAt: '2162-02-08T09:32:20.000Z' } },
  ])('take $name as can be', ({ over, want }) => {
    expect(parseLease(eventOf(over), now)).toMatchObject(want);
  });

  it.each<{ name: string; over: Record<string, string>; fault: RegExp }>([
    { name: 'a loopback address', over: { ip: '127.0.0.5' }, fault: /"127\.0\.0\.5" is no address/ },
    { name: 'a multicast address', over: { ip: '224.0.0.5' }, fault: /is no address/ },
    { name: 'no address', over: { ip: '' }, fault: /is no address/ },
    { name: 'the broadcast address', over: { ip: '192.0.2.255' }, fault: /network or broadcast address of 192\.0\.2\.0\/24/ },
    { name: 'no mask', over: { mask: '' }, fault: /no subnet mask/ },
    { name: 'a mask of no bits', over: { mask: '0' }, fault: /no subnet mask/ },
    { name: 'no time', over: { lease: '' }, fault: /no lease time/ },
    { name: 'no server', over: { serverid: '' }, fault: /does not say who it is/ },
  ])('are of no use with $name', ({ over, fault }) => {
    expect(parseLease(eventOf(over), now)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it('tell why a server refuses, in a form that can be shown', () => {
    expect(refusalOf(eventOf({ event: 'nak', message: 'wrong\u001b[31m network' }))).toBe('wrong[31m network');
  });
});
