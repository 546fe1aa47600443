import { NetyardError } from '@netyard/contracts';
import { expect, it } from 'vitest';
import { describeStep } from './describe';
import type { Driver, Joined } from './driver';
import { aPeer, aPort } from './fixture';
import { inverse, objectKey, type KernelObject } from './kernel-object';

/** What every driver must hold to, whatever it builds. `joined` is a valid join of the driver; `unfit` one whose sandbox does not go with it. */
export function driverConforms(driver: Driver, joined: Joined, unfit?: Joined): void {
  const all = (): KernelObject[] => [
    ...driver.underlay(joined.network),
    ...driver.network(joined.network),
    ...driver.join(joined),
    ...driver.defaultRoutes(joined),
  ];

  it('has a description under its own name', () => {
    expect(driver.description.name).toBe(driver.name);
    expect(driver.description.optionSchema.additionalProperties).toBe(false);
  });

  it('has defaults within its own option schema', () => {
    for (const [name, property] of Object.entries(driver.description.optionSchema.properties)) {
      if (property.default === undefined) continue;
      expect([name, typeof property.default]).toEqual([name, property.type === 'integer' ? 'number' : property.type]);
    }
  });

  it('answers the same to the same question', () => {
    expect(all()).toEqual(all());
  });

  it('does not change what it is given', () => {
    const before = structuredClone(joined);
    all();
    expect(joined).toEqual(before);
  });

  it('plans no kernel object twice', () => {
    const keys = all().map(objectKey);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it('plans only what it can undo and print', () => {
    for (const object of all()) {
      const step = { verb: 'add', object } as const;
      expect(inverse(inverse(step))).toEqual(step);
      expect(describeStep(step)).not.toBe(describeStep(inverse(step)));
    }
  });

  it('builds on links that it has planned before', () => {
    const links = new Set<string>();
    for (const object of all()) {
      if (object.kind === 'bridge' || object.kind === 'wireguard') links.add(object.name);
      if (object.kind === 'vxlan') {
        expect(links).toContain(object.bridge);
        links.add(object.name);
      }
      if (object.kind === 'parent') links.add(object.link);
      if (object.kind === 'stub') links.add(object.name);
      if (object.kind === 'vlan' || object.kind === 'macvlan' || object.kind === 'ipvlan') {
        expect(links).toContain(object.parent);
        links.add(object.name);
      }
      if (object.kind === 'veth') links.add(object.name).add(object.peer.name);
      if (object.kind === 'address' || object.kind === 'route') expect(links).toContain(object.link);
    }
  });

  it('gives no default route on an internal network', () => {
    expect(driver.defaultRoutes({ ...joined, network: { ...joined.network, internal: true } })).toEqual([]);
  });

  it('reaches peers by links of its own that it can take back, or not at all', () => {
    const links = new Set(
      driver.network(joined.network).flatMap((object) => (object.kind === 'bridge' || object.kind === 'vxlan' ? [object.name] : [])),
    );
    const objects = driver.reach(joined.network, aPeer());
    expect(objects.map(objectKey)).toEqual([...new Set(objects.map(objectKey))]);
    for (const object of objects) {
      expect(describeStep({ verb: 'add', object })).not.toBe(describeStep({ verb: 'remove', object }));
      if (object.kind === 'forwarding' || object.kind === 'neighbour') expect(links).toContain(object.link);
    }
    expect(objects.length > 0).toBe(driver.description.connectivityScope === 'global' && links.size > 0);
  });

  it('publishes a port by objects of its own, or refuses and names endpoint and network', () => {
    const port = aPort();
    const { endpoint, network } = joined;
    let objects: KernelObject[];
    try {
      objects = driver.publish(joined, port);
    } catch (error) {
      expect(error).toBeInstanceOf(NetyardError);
      expect((error as NetyardError).message).toContain(endpoint.name);
      expect((error as NetyardError).message).toContain(network.name);
      return;
    }
    expect(objects.map(objectKey)).toEqual([...new Set(objects.map(objectKey))]);
    expect(objects.filter(({ kind }) => kind === 'rule-element').length).toBeGreaterThan(0);
    for (const object of objects) if (object.kind === 'rule-element') expect(object.owner).toBe(port.id);
  });

  it('publishes a port of a peer by objects of its own, or refuses and names endpoint and network', () => {
    const [port, peer] = [aPort(), aPeer()];
    const { network } = joined;
    if (driver.name !== 'overlay') {
      expect(() => driver.relay({ network, peer }, port)).toThrow(peer.name);
      expect(() => driver.relay({ network, peer }, port)).toThrow(network.name);
      return;
    }
    const objects = driver.relay({ network, peer }, port);
    expect(objects.map(objectKey)).toEqual([...new Set(objects.map(objectKey))]);
    for (const object of objects) if (object.kind === 'rule-element') expect(object.owner).toBe(port.id);
  });

  if (unfit) {
    it('refuses a sandbox that does not go with it, naming both', () => {
      expect(() => driver.join(unfit)).toThrow(unfit.sandbox.name);
      expect(() => driver.join(unfit)).toThrow(unfit.network.name);
    });
  }
}
