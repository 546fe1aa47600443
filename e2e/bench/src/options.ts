import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { measurements } from './figures';
import type { Measurement } from './measurement';
import { figureList } from './output/figure-list';

/** How `npm run bench` was called; every value is valid. */
export interface Options {
  json: boolean;
  /** Where CPU profiles of API and worker go; null: none are made. */
  profileFolder: string | null;
  /** Over how long what is to be watched for long is spread; 0: it goes as fast as it can. */
  minutes: number;
  measurements: Measurement[];
  /** Whether a figure was asked for. */
  isWanted(figure: string): boolean;
}

/** Parses arguments. A bad value ends the process with a line that names it; `--help` and `--list` print and end it too. */
export function parseOptions(argv: string[]): Options {
  const command = new Command('npm run bench --')
    .description('Measures Netyard on this machine, in namespaces of its own, beside the peers that are installed. It asserts nothing.')
    .argument('[names...]', 'measurements, figures, or what figures begin with, e.g. join, bulk.leave.rate, leave; all by default')
    .option('--json', 'print one JSON object a line, and nothing else, on standard output', false)
    .option('--list', 'print what there is to measure, and end')
    .option('--profile <folder>', 'write CPU profiles of API and worker there', (folder) => resolve(folder))
    .option('--minutes <number>', 'spread the changes of `tabs` over so long; as fast as they go by default', minutes, 0)
    .option('--no-system-packages', 'never install Debian packages; say which are missing instead')
    .addHelpText(
      'after',
      `
dockerd is measured beside it when it is here: apt-get install docker.io busybox-static. It needs root.`,
    );
  const options = command.parse(argv).opts<{ json: boolean; list?: boolean; profile?: string; minutes: number }>();
  if (options.list) {
    process.stdout.write(figureList(measurements));
    process.exit(0);
  }
  const wanted = new Set(command.args.length === 0 ? allFigures() : command.args.flatMap((name) => named(name, command)));
  return {
    json: options.json,
    profileFolder: options.profile ?? null,
    minutes: options.minutes,
    measurements: measurements.filter(({ figures }) => figures.some(({ name }) => wanted.has(name))),
    isWanted: (figure) => wanted.has(figure),
  };
}

function minutes(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1_440)) throw new InvalidArgumentError('It is a number from 0 to 1440.');
  return value;
}

const allFigures = (): string[] => measurements.flatMap(({ figures }) => figures.map(({ name }) => name));

/** The figures that a name means: a measurement's, else those that are called so or begin so. Ends the process when there are none. */
function named(name: string, command: Command): string[] {
  const measurement = measurements.find((one) => one.name === name);
  if (measurement) return measurement.figures.map((figure) => figure.name);
  const found = allFigures().filter((figure) => figure === name || figure.startsWith(`${name}.`));
  return found.length > 0
    ? found
    : command.error(`error: there is nothing called "${name}" to measure; npm run bench -- --list tells what there is`);
}
