import type { Replica } from '../api-under-test';

/** Names of what each tenant has, of every kind. */
export const names = ['a', 'b', 'c'];

const lifted = {
  networks: null,
  sandboxes: null,
  endpoints: null,
  addresses: null,
  publishedPorts: null,
  bandwidthMbps: null,
  probesPerMinute: null,
};

/**
 * Gives hosts and tenants back what requests have taken from them: most requests would be for things that there are no more, or be refused for one and the same reason. May be
 * repeated; what cannot be had, since something else is in its place, is left.
 */
export async function furnish(api: Replica, tenants: string[], hosts: string[]): Promise<void> {
  for (const host of hosts) await api.patch(`/v1/hosts/${host}`, { spec: { drained: false, tenants: [] } }).expect(200);
  for (const tenant of tenants) {
    await api.patch(`/v1/tenants/${tenant}`, { spec: { quotas: lifted } }).expect(200);
    const make = async (path: string, body: object): Promise<void> => {
      await api.post(path, body).set('Netyard-Tenant', tenant).set('Prefer', 'respond-async');
    };
    for (const [index, name] of names.entries()) {
      const host = hosts[index % hosts.length];
      const metadata = { name };
      await make('/v1/networks', { metadata, spec: { driver: index === 0 ? 'overlay' : 'bridge' } });
      await make('/v1/sandboxes', { metadata, spec: { host } });
      await make('/v1/endpoints', { metadata, spec: { network: name, sandbox: name } });
      await make(`/v1/endpoints/${name}/ports`, { metadata, protocol: 'tcp', port: 80 });
      await make('/v1/policies', { metadata, spec: { network: name } });
    }
  }
}
