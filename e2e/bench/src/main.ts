import { Bench } from './bench';
import { parseOptions, type Options } from './options';
import type { Measurement } from './measurement';
import { jsonLine } from './output/json-lines';
import { say } from './output/progress';
import { type Result, toResults } from './output/result';
import { table } from './output/table';
import { dockerObstacle } from './peers/docker-obstacle';
import { askedToEnd, roomFolder, runInRoom } from './room/room';

const options = parseOptions(process.argv);
const folder = roomFolder();
process.exit(folder === undefined ? await runInRoom(process.argv.slice(2)) : await measureAll(folder, options));

/** Gives the exit code: 1 when a measurement failed; a target that is missed is no failure. */
async function measureAll(folder: string, { measurements, json, profileFolder, minutes, isWanted }: Options): Promise<number> {
  const signal = askedToEnd();
  const interrupted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  interrupted.catch(() => undefined);
  const bench = new Bench(folder, { profileFolder, minutes, isWanted }, signal);
  await bench.prepare();
  const results: Result[] = [];
  const failed: string[] = [];
  for (const [index, measurement] of measurements.entries()) {
    if (signal.aborted) break;
    try {
      const found = await Promise.race([measure(bench, measurement, `${index + 1}/${measurements.length}`), interrupted]);
      if (json) for (const result of found) process.stdout.write(jsonLine(result));
      results.push(...found);
    } catch (error) {
      if (signal.aborted) break;
      failed.push(measurement.name);
      say(`${measurement.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  await bench.cleanup.run().catch((error: unknown) => say(String((error as Error).message)));
  if (!json && results.length > 0) process.stdout.write(`\n${table(results)}`);
  const obstacle = dockerObstacle();
  if (obstacle !== undefined && results.some(({ peer }) => peer === 'dockerd')) say(`dockerd was skipped: ${obstacle}`);
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  return failed.length > 0 || signal.aborted ? 1 : 0;
}

async function measure(bench: Bench, measurement: Measurement, number: string): Promise<Result[]> {
  const started = performance.now();
  say(`${measurement.name} (${number}) …`);
  const results = toResults(measurement.figures, await measurement.run(bench), (figure) => bench.isWanted(figure));
  say(`${measurement.name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return results;
}
