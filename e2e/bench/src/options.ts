import { resolve } from 'node:path';
import { Command } from 'commander';
import { measurements } from './figures';
import type { Measurement } from './measurement';
import { figureList } from './output/figure-list';

/** How `npm run bench` was called; every value is valid. */
export interface Options {
  json: boolean;
  /** Where CPU profiles of API and worker go; null: none are made. */
  profileFolder: string | null;
  measurements: Measurement[];
  /** Whether a figure was asked for. */
  isWanted(figure: string): boolean;
}

/** Parses arguments. A bad value ends the process with a line that names it; `--help` and `--list` print and end it too. */
export function parseOptions(argv: string[]): Options {
  const command = new Command('npm run bench --')
    .description('Measures Netyard on this machine, in namespaces of its own, beside the peers that are installed. It asserts nothing.')
    .argument('[names...]', 'measurements, figures, or what their names begin with, e.g. join, bulk.leave.rate; all by default')
    .option('--json', 'print one JSON object a line, and nothing else, on standard output', false)
    .option('--list', 'print what there is to measure, and end')
    .option('--profile <folder>', 'write CPU profiles of API and worker there', (folder) => resolve(folder))
    .option('--no-system-packages', 'never install Debian packages; say which are missing instead')
    .addHelpText(
      'after',
      `
dockerd is measured beside it when it is here: apt-get install docker.io busybox-static. It needs root.`,
    );
  const options = command.parse(argv).opts<{ json: boolean; list?: boolean; profile?: string }>();
  if (options.list) {
    process.stdout.write(figureList(measurements));
    process.exit(0);
  }
  const names = command.args;
  const isNamed = (measurement: Measurement, figure: string): boolean =>
    names.length === 0 || names.some((name) => name === measurement.name || name === figure || figure.startsWith(`${name}.`));
  const chosen = measurements.filter((measurement) => measurement.figures.some(({ name }) => isNamed(measurement, name)));
  const unknown = names.find(
    (name) => !measurements.some((one) => one.name === name || one.figures.some((figure) => begins(figure.name, name))),
  );
  if (unknown !== undefined)
    command.error(`error: there is nothing called "${unknown}" to measure; npm run bench -- --list tells what there is`);
  return {
    json: options.json,
    profileFolder: options.profile ?? null,
    measurements: chosen,
    isWanted: (figure) => chosen.some((one) => one.figures.some(({ name }) => name === figure) && isNamed(one, figure)),
  };
}

const begins = (figure: string, name: string): boolean => figure === name || figure.startsWith(`${name}.`);
