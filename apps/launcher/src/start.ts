import { Failure } from './failure';
import { parseOptions } from './options';
import { releaseClaim, takeClaim } from './process/claim';
import { Run } from './run';
import { inState, workspaceRoot } from './workspace';

const options = parseOptions(process.argv);
const say = (line: string): void => void process.stderr.write(`netyard: ${line}\n`);
const claimPath = inState('launcher.json');

/** An npm that is killed tells nobody; nothing it started should go on without anybody who could end it. */
function whenNpmIsGone(act: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}

async function main(): Promise<number> {
  const holder = takeClaim(claimPath);
  if (holder) {
    say(`already running in ${workspaceRoot} (process ${holder.pid}). End that with Ctrl-C or: kill ${holder.pid}`);
    return 1;
  }
  const run = new Run(options, claimPath, say);
  const asked = new Promise<string>((resolve) => {
    // Both npm and the terminal pass Ctrl-C on: the second one is no impatience.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    whenNpmIsGone(() => resolve('the end of npm'));
  });
  // The terminal may be gone: what is said then is lost, and no reason to stop in the middle of stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const failed = run.failed.then((reason) => Promise.reject(new Failure(reason)));
  try {
    const started = run.start().then(() => asked);
    await Promise.race([started, asked, failed]);
    say('stopping …');
    return 0;
  } catch (error) {
    say(error instanceof Failure ? error.message : String((error as Error).stack));
    return 1;
  } finally {
    await run.stop();
    releaseClaim(claimPath);
    say('stopped; nothing is left running');
  }
}

process.exit(await main());
