import { sandboxNamespaceName, vethLinkName } from '@netyard/contracts';
import type { Bench } from '../bench';
import { desiredEndpoint, desiredNetwork, desiredSandbox } from '../kernel/desired';
import { assertJoined, assertLinkCount, deleteSandboxNamespaces, Host } from '../kernel/host';
import { LoneWorker } from '../kernel/lone-worker';
import type { Measurement } from '../measurement';
import { upTo } from '../numbers';
import { median } from '../statistics';
import { perSecond, timed } from '../timing';

const count = 500;
const rounds = 5;
const singles = 40;

/** A worker without an API: from the desired state that comes in to the last report that goes out. */
export const worker: Measurement = {
  name: 'worker',
  figures: [
    { name: 'worker.join.p50', unit: 'ms', meaning: 'one join by the worker alone, from the message in to the report out, median' },
    { name: 'worker.join.rate', unit: '/s', meaning: `${count} joins on one bridge by the worker alone`, target: { atLeast: 900 } },
    { name: 'worker.leave.rate', unit: '/s', meaning: `${count} leaves by the worker alone`, target: { atLeast: 1_500 } },
  ],
  async run(bench) {
    const host = Host.create('lone');
    const lone = new LoneWorker(host, '/run/netns');
    try {
      return await measure(bench, host, lone);
    } finally {
      await lone.stop();
      host.close();
      deleteSandboxNamespaces();
    }
  },
};

async function measure(bench: Bench, host: Host, lone: LoneWorker) {
  await lone.realise([desiredNetwork(), ...upTo(count).map(desiredSandbox)]);
  const joins: number[] = [];
  const leaves: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.progress(`${count} joins and leaves, round ${round + 1} of ${rounds}`);
    const wanted = upTo(count).map((number) => desiredEndpoint(number, 2 * round + 1, false));
    await timed(joins, () => lone.realise(wanted));
    assertLinkCount(host, count);
    for (const { id, sandboxId, addresses } of wanted)
      assertJoined(host, {
        hostLink: vethLinkName(id),
        sandboxNamespace: sandboxNamespaceName(sandboxId ?? ''),
        interfaceName: 'eth0',
        addresses,
      });
    const unwanted = upTo(count).map((number) => desiredEndpoint(number, 2 * round + 2, true));
    await timed(leaves, () => lone.realise(unwanted, { gone: true }));
    assertLinkCount(host, 0);
  }
  // The first round is made while the process is still cold.
  return [
    { figure: 'worker.join.p50', value: median(await timeSingles(host, lone)) },
    { figure: 'worker.join.rate', value: perSecond(count, median(joins.slice(1))) },
    { figure: 'worker.leave.rate', value: perSecond(count, median(leaves.slice(1))) },
  ];
}

async function timeSingles(host: Host, lone: LoneWorker): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < singles; round++) {
    const generation = 2 * (rounds + round) + 1;
    const wanted = desiredEndpoint(0, generation, false);
    await timed(times, () => lone.realise([wanted]));
    assertLinkCount(host, 1);
    await lone.realise([desiredEndpoint(0, generation + 1, true)], { gone: true });
  }
  return times;
}
