import { Command, InvalidArgumentError } from 'commander';
import { Failure } from './failure';
import { prepareKernel } from './vm/kernel';
import { runInMachine, timeUp } from './vm/machine';

/** No working virtual machine. */
const noMachine = 125;

const seconds = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
};

const command = new Command('vm')
  .description(
    [
      'Runs a command in a throw-away virtual machine under Debian’s own kernel, which has all of its network drivers.',
      'The guest sees this machine’s files and may change any of them: every change is gone when it ends. It keeps the current folder and the environment, and has no',
      `network card. Ends as the command does; ${timeUp}: out of time; ${noMachine}: no virtual machine.`,
    ].join('\n'),
  )
  .option('--prepare', 'only get the kernel')
  .option('--timeout <seconds>', 'how long the command may take', seconds, 600)
  .option('--memory <MiB>', 'how much memory the guest has', seconds, 3072)
  .option('--output <file>', 'a file written by the command that is to come out')
  .argument('[command...]', 'the command and its arguments, after --')
  .passThroughOptions()
  .parse();
const {
  prepare = false,
  timeout,
  memory,
  output = null,
} = command.opts<{ prepare?: boolean; timeout: number; memory: number; output?: string }>();
if (!prepare && command.args.length === 0) command.error('error: which command?');

try {
  const kernel = await prepareKernel((line) => process.stderr.write(`vm: ${line}\n`));
  if (!prepare) {
    const environment = Object.fromEntries(
      Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    process.exitCode = await runInMachine(kernel, {
      command: command.args,
      folder: process.cwd(),
      environment,
      outputFile: output,
      timeoutSeconds: timeout,
      memoryMib: memory,
    });
    if (process.exitCode === timeUp) process.stderr.write(`vm: not finished after ${timeout} seconds\n`);
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`vm: ${error.message}\n`);
  process.exitCode = noMachine;
}
