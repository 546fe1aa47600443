import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { usage } from '../../apps/api/src/config';

interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string }[];
  ports?: { name: string; containerPort: number }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: { template: { spec: { containers: Container[] } }; ports: { port: number; targetPort: string }[]; selector: { app: string } };
}
interface Compose {
  services: Record<string, { environment?: Record<string, string>; profiles?: string[]; volumes?: unknown[] }>;
}

const folder = 'deploy/kubernetes';
const kustomization = parse(readFileSync(`${folder}/kustomization.yaml`, 'utf8')) as { resources: string[] };
const manifests = kustomization.resources.flatMap((file) =>
  parseAllDocuments(readFileSync(`${folder}/${file}`, 'utf8')).map((document) => document.toJS() as Manifest),
);
const workloads = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'DaemonSet');
const container = (name: string): Container =>
  workloads.find(({ metadata }) => metadata.name === name)?.spec.template.spec.containers[0] as Container;
const known = (name: string): boolean => new RegExp(`^  ${name} `, 'm').test(usage);

describe('manifests of Kubernetes', () => {
  it('name every file that is there', () => {
    expect([...kustomization.resources, 'kustomization.yaml'].sort()).toEqual(readdirSync(folder).sort());
  });

  it('set nothing that the API does not know, and all that it needs', () => {
    const names = container('api').env?.map(({ name }) => name) ?? [];
    expect(names.filter((name) => !known(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'NETYARD_ADMIN_TOKEN']));
  });

  it('give the worker only options that it has', () => {
    const help = execFileSync(process.execPath, ['dist/worker/main.js', '--help'], { encoding: 'utf8' });
    for (const option of container('worker').args?.filter((arg) => arg.startsWith('--')) ?? []) expect(help).toContain(`${option} `);
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
});
