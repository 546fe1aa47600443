import type { OptionSchema } from '@netyard/api-client';
import { expect, it } from 'vitest';
import { networkRequest, type NetworkFormValues } from './network-request';

const schema: OptionSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    mtuBytes: { type: 'integer', title: 'MTU', description: '' },
    masquerade: { type: 'boolean', title: 'Masquerade', description: '', default: true },
    hairpin: { type: 'boolean', title: 'Hairpin', description: '', default: false },
    addressing: { type: 'string', title: 'Addressing', description: '', enum: ['netyard', 'dhcp'], default: 'netyard' },
  },
};

type Spec = Partial<NetworkFormValues['spec']>;
const form = (name: string, spec: Spec): NetworkFormValues => ({
  metadata: { name },
  spec: {
    driver: 'bridge',
    subnets: [{ cidr: '', gateway: '' }],
    ipv6: false,
    internal: false,
    host: '',
    domain: '',
    options: {},
    ...spec,
  },
});

it.each([
  { name: 'nothing but a driver', in: form('', {}), want: '{"spec":{"driver":"bridge"}}' },
  { name: 'a name with blanks around', in: form(' web ', {}), want: '{"metadata":{"name":"web"},"spec":{"driver":"bridge"}}' },
  {
    name: 'subnets, without the empty row',
    in: form('', {
      subnets: [
        { cidr: '192.0.2.0/24', gateway: '' },
        { cidr: '', gateway: '' },
        { cidr: '2001:db8::/64', gateway: '2001:db8::9' },
      ],
    }),
    want: '{"spec":{"driver":"bridge","subnets":[{"cidr":"192.0.2.0/24"},{"cidr":"2001:db8::/64","gateway":"2001:db8::9"}]}}',
  },
  {
    name: 'switches, a host and a domain',
    in: form('', { ipv6: true, internal: true, host: 'lab-1', domain: ' lab.test ' }),
    want: '{"spec":{"driver":"bridge","ipv6":true,"internal":true,"host":"lab-1","domain":"lab.test"}}',
  },
  {
    name: 'options as their types',
    in: form('', { options: { mtuBytes: '1400', masquerade: true, hairpin: true } }),
    want: '{"spec":{"driver":"bridge","options":{"mtuBytes":1400,"hairpin":true}}}',
  },
  {
    name: 'no subnets where a DHCP server gives the addresses, whatever was typed before',
    in: form('', { subnets: [{ cidr: '192.0.2.0/24', gateway: '' }], ipv6: true, internal: true, options: { addressing: 'dhcp' } }),
    want: '{"spec":{"driver":"bridge","internal":true,"options":{"addressing":"dhcp"}}}',
  },
  {
    name: 'a bad number as it was typed',
    in: form('', { options: { mtuBytes: 'big' } }),
    want: '{"spec":{"driver":"bridge","options":{"mtuBytes":"big"}}}',
  },
])('asks for $name', ({ in: values, want }) => {
  expect(JSON.stringify(networkRequest(values, { hasSubnets: true, optionSchema: schema }))).toBe(want);
});

it('asks for no subnets where the driver has none, whatever was typed before', () => {
  const values = form('', { driver: 'host', subnets: [{ cidr: '192.0.2.0/24', gateway: '' }], ipv6: true, internal: true });
  const driver = { hasSubnets: false, optionSchema: { type: 'object' as const, additionalProperties: false as const, properties: {} } };
  expect(JSON.stringify(networkRequest(values, driver))).toBe('{"spec":{"driver":"host"}}');
});
