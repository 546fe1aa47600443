import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { usage } from '../../apps/api/src/config';
import { freePort } from '../../libs/testing/src/free-port';
import { createTestDatabase } from '../../libs/testing/src/postgres';
import { Server } from '../../libs/testing/src/server';
import { Replica } from './api-under-test';

interface Probe {
  httpGet?: { path: string; port: string | number };
}
interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value?: string }[];
  ports?: { name: string; containerPort: number }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: object;
  volumeMounts?: { name: string }[];
}
interface PodSpec {
  containers: Container[];
  securityContext?: object;
  volumes?: { name: string }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  spec: {
    replicas?: number;
    template: { spec: PodSpec };
    ports: { port: number; targetPort: string }[];
    selector: { app: string; matchLabels?: { app: string } };
    maxUnavailable?: number;
  };
}
interface Compose {
  services: Record<
    string,
    { environment?: Record<string, string>; profiles?: string[]; volumes?: unknown[]; command?: string[]; image?: string }
  >;
}

const folder = 'deploy/kubernetes';
const kustomization = parse(readFileSync(`${folder}/kustomization.yaml`, 'utf8')) as { resources: string[] };
const manifests = kustomization.resources.flatMap((file) =>
  parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')).map((document) => document.toJS() as Manifest),
);
const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet');
const container = (name: string): Container =>
  workloads.find(({ metadata }) => metadata.name === name)?.spec.template.spec.containers[0] as Container;
const podOf = (name: string): PodSpec => workloads.find(({ metadata }) => metadata.name === name)?.spec.template.spec as PodSpec;
const known = (name: string): boolean => new RegExp(`^  ${name} `, 'm').test(usage);

describe('manifests of Kubernetes', () => {
  it('name every file that is there', () => {
    expect([...kustomization.resources, 'kustomization.yaml'].sort()).toEqual(readdirSync(folder).sort());
  });

  it('set nothing that the API does not know, and all that it needs', () => {
    const names = container('api').env?.map(({ name }) => name) ?? [];
    // A secret of its own, of which a setting is made.
    expect(names.filter((name) => !known(name))).toEqual(['NATS_TOKEN']);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'NETYARD_ADMIN_TOKEN']));
  });

  it('give the worker only options that it has', () => {
    const help = execFileSync(process.execPath, ['dist/worker/main.js', '--help'], { encoding: 'utf8' });
    for (const option of container('worker').args?.filter((arg) => arg.startsWith('--')) ?? []) expect(help).toContain(`${option} `);
  });

  it('are each in a namespace that is there', () => {
    const namespaces = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    for (const { kind, metadata } of manifests.filter((manifest) => manifest.kind !== 'Namespace'))
      expect([kind, metadata.name, namespaces]).toEqual([kind, metadata.name, expect.arrayContaining([metadata.namespace])]);
  });

  it.each(['api', 'dashboard', 'nats'])('give %s no more rights than the restricted profile lets', (name) => {
    expect(podOf(name)).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container(name).securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each(['api', 'dashboard', 'nats', 'worker'])('look after %s: whether it lives, and what it may take; every mount is there', (name) => {
    expect(container(name).livenessProbe).toBeDefined();
    if (name !== 'worker') expect(container(name).readinessProbe).toBeDefined();
    expect(container(name).resources).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
    expect(
      container(name)
        .volumeMounts?.map((mount) => mount.name)
        .sort(),
    ).toEqual(
      podOf(name)
        .volumes?.map((volume) => volume.name)
        .sort(),
    );
  });

  it('let nodes be drained: one of several may always go', () => {
    const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.map(({ metadata }) => metadata.name).sort()).toEqual(['api', 'dashboard']);
    for (const { spec } of budgets) {
      expect(spec.maxUnavailable).toBe(1);
      expect(workloads.find(({ metadata }) => metadata.name === spec.selector.matchLabels?.app)?.spec.replicas).toBeGreaterThan(1);
    }
  });

  it('start NATS so that the API of the manifest gets in, and nobody without the token', async () => {
    const [token, port, healthPort] = ['0123456789abcdef', await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'netyard-manifest-'));
    const values: Record<string, string> = { '/data': folder, '$(NATS_TOKEN)': token, '8222': String(healthPort) };
    const args = (container('nats').args ?? []).map((arg) => values[arg] ?? arg);
    const server = await Server.run(
      ['setpriv', '--pdeathsig', 'KILL', 'nats-server', ...args, '--addr', '127.0.0.1', '--port', String(port)],
      /Server is ready/,
    );
    const database = await createTestDatabase();
    const url = container('api')
      .env?.find(({ name }) => name === 'NETYARD_NATS_URL')
      ?.value?.replace('$(NATS_TOKEN)', token)
      .replace('nats:4222', `127.0.0.1:${port}`);
    const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${healthPort}${path}`);
    const connections = async (): Promise<number> => ((await (await ask('/varz')).json()) as { connections: number }).connections;
    const replica = await Replica.start(database, { NETYARD_NATS_URL: url ?? '' });
    try {
      for (const probe of [container('nats').livenessProbe, container('nats').readinessProbe])
        expect((await ask(probe?.httpGet?.path ?? '/none')).status).toBe(200);
      await expect.poll(connections).toBe(1);
      await expect(connect({ servers: `127.0.0.1:${port}` })).rejects.toThrow(/authorization/i);
    } finally {
      await replica.close();
      await database.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('have services that lead to ports which are there', () => {
    for (const { metadata, spec } of manifests.filter(({ kind }) => kind === 'Service'))
      for (const { targetPort } of spec.ports)
        expect([metadata.name, container(spec.selector.app).ports?.map(({ name }) => name)]).toEqual([
          metadata.name,
          expect.arrayContaining([targetPort]),
        ]);
  });
});

describe('docker-compose.yml', () => {
  const { services } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;

  it('has three replicas, NATS and a load balancer in profile scale', () => {
    expect(Object.keys(services).filter((name) => services[name]?.profiles?.includes('scale'))).toEqual([
      'api-2',
      'api-3',
      'nats',
      'balancer',
    ]);
  });

  it('sets nothing that the API does not know', () => {
    for (const name of ['api', 'api-2', 'api-3'])
      expect(Object.keys(services[name]?.environment ?? {}).filter((variable) => !known(variable))).toEqual([]);
  });

  it('gives the load balancer what its file asks for', () => {
    const asked = new Set(readFileSync('deploy/haproxy.cfg', 'utf8').match(/(?<=\$\{)\w+/g));
    expect(Object.keys(services['balancer']?.environment ?? {}).sort()).toEqual([...asked].sort());
  });

  it('asks .env for nothing that the example does not have', () => {
    const asked = new Set(readFileSync('docker-compose.yml', 'utf8').match(/(?<=\$\{)\w+/g));
    const example = readFileSync('.env.example', 'utf8');
    expect([...asked].filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(example))).toEqual([]);
  });
});
