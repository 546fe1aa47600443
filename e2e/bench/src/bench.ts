import { readFile } from 'node:fs/promises';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Cleanup } from './cleanup';
import { Deployment, type DeploymentOptions } from './deployment/deployment';
import { Postgres } from './deployment/postgres';
import type { Options } from './options';
import { say } from './output/progress';
import { Docker } from './peers/docker';
import { dockerObstacle } from './peers/docker-obstacle';

/** What measurements share: a folder, servers that are started when first needed, and the promise that all of it goes. */
export class Bench {
  readonly cleanup = new Cleanup();
  readonly logFolder: string;
  #postgres: Promise<Postgres> | undefined;
  #docker: Promise<Docker> | undefined;

  constructor(
    readonly folder: string,
    private readonly options: Pick<Options, 'profileFolder' | 'minutes' | 'isWanted'>,
    private readonly signal: AbortSignal,
  ) {
    this.logFolder = join(folder, 'logs');
    mkdirSync(this.logFolder, { recursive: true });
    // Whoever started the room removes what is left; but that process may have been killed.
    this.cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  }

  /** libuv's pool threads have to be there before this thread looks into other namespaces, or they would begin in one of those. */
  async prepare(): Promise<void> {
    await Promise.all(Array.from({ length: 4 }, () => readFile('/proc/version')));
  }

  /** Over how long what is to be watched for long is spread; 0: it goes as fast as it can. */
  get minutes(): number {
    return this.options.minutes;
  }

  /** Whether a figure was asked for: what it takes need not be done else. */
  isWanted(figure: string): boolean {
    return this.options.isWanted(figure);
  }

  /** Ends the measurement when somebody wants the run to end. */
  throwIfInterrupted(): void {
    this.signal.throwIfAborted();
  }

  progress(text: string): void {
    this.throwIfInterrupted();
    say(`  ${text}`);
  }

  postgres(): Promise<Postgres> {
    return (this.#postgres ??= Postgres.start(this));
  }

  /** A fresh API on a fresh database; `label` names its processes' logs and must be unique. */
  deployment(label: string, options?: DeploymentOptions): Promise<Deployment> {
    return Deployment.start(this, label, options);
  }

  /** dockerd, or undefined when it cannot run here (which is said once, at the end). */
  async docker(): Promise<Docker | undefined> {
    return dockerObstacle() === undefined ? (this.#docker ??= Docker.start(this)) : undefined;
  }

  /** What makes Node write a profile for each thread of a process into a folder called `name`. */
  profileFlags(name: string): string[] {
    const { profileFolder } = this.options;
    return profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profileFolder, name)}`];
  }
}
