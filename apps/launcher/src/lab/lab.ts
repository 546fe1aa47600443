import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { apiCaFile } from '../authority';
import { Failure } from '../failure';
import { Part, tied } from '../process/part';
import { inState, inWorkspace } from '../workspace';
import { inRoom, privateRoom } from './rooms';

const run = promisify(execFile);

export interface LabOptions {
  hosts: number;
  apiUrl: string;
}

/** Where the token is that a lab host enrols with. */
export const enrolmentPath = (hostName: string): string => inState(`workers/${hostName}/enrolment`);

/**
 * Hosts `lab-1`, `lab-2`, …: network namespaces linked by the bridge `underlay`, with a worker each. They live in a mount namespace (and, for ordinary users,
 * a user namespace) that `holder` keeps; workers stay in the machine's network namespace with their main thread, to reach the API.
 */
export class Lab {
  readonly workers: Part[] = [];

  private constructor(readonly holder: Part) {}

  /** Throws Failure when the namespaces cannot be made. */
  static async start(options: LabOptions, show: (line: string) => void): Promise<Lab> {
    const command = privateRoom({ network: false }, ...tied('KILL', 'sh', '-c', 'echo room; exec sleep infinity'));
    const holder = new Part('lab', { command, stopSignal: 'SIGKILL' }, show);
    const lab = new Lab(holder);
    try {
      await holder.says(/^room$/);
      await lab.wire(options.hosts);
    } catch (error) {
      await holder.stop();
      throw new Failure(`the lab could not be made: ${(error as { stderr?: string }).stderr || (error as Error).message}`);
    }
    for (let number = 1; number <= options.hosts; number++) lab.startWorker(`lab-${number}`, options, show);
    return lab;
  }

  private async wire(hosts: number): Promise<void> {
    const [program = '', ...args] = inRoom(
      this.holder.pid,
      'unshare',
      '--net',
      '--',
      process.execPath,
      inWorkspace('dist/launcher/lab-wiring.js'),
      String(hosts),
    );
    await run(program, args);
  }

  private startWorker(hostName: string, options: LabOptions, show: (line: string) => void): void {
    const worker = [process.execPath, inWorkspace('dist/worker/main.js')];
    const authority = apiCaFile === undefined ? [] : ['--api-ca', apiCaFile];
    const args = ['--api', options.apiUrl, '--token-file', enrolmentPath(hostName), '--name', hostName, ...authority];
    const where = ['--netns', `/run/netns/${hostName}`, '--state-dir', inState(`workers/${hostName}`)];
    const command = inRoom(this.holder.pid, ...tied('TERM', ...worker, ...args, ...where));
    this.workers.push(new Part(hostName, { command }, show));
  }

  /** Ends the workers, then the namespaces with everything in them. May be repeated. */
  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.holder.stop();
  }
}
