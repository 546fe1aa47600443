import type { KernelObject, Step } from '@netyard/drivers';
import type { KernelError, NetlinkRequest, RouteSocket } from '@netyard/netlink';
import type { Work } from '../plan/plan';

/** A work that failed; what had been made for it is gone again. The error is an AggregateError when undoing failed too. */
export interface Failure {
  work: Work;
  error: unknown;
}

/** A work under way. */
export interface Job {
  work: Work;
  /** Steps that made something which was not there before, in order: what is undone if a later step fails. */
  made: Step[];
  error?: unknown;
}

/** One message of a batch, and what it means for its job. */
export interface Item {
  job: Job;
  request: NetlinkRequest;
  /** Set on the message that brings the object into being. */
  makes?: Step;
  /** Errors that mean "it is so already". */
  harmless?: readonly string[];
  /** What an error means, where the kernel does not say so itself. */
  explain?: (error: KernelError) => Error;
}

/** Errors of the removal of what is not there. */
export const noneThere = ['ENOENT', 'EINVAL', 'ENODEV'];

/** Runs a part of a job; what it throws becomes the job's error. */
export function attempt<T>(job: Job, part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    job.error ??= error;
    return undefined;
  }
}

/** The messages for all steps of the jobs that have not failed before. */
export const itemsOf = (jobs: Job[], itemsOfStep: (job: Job, step: Step) => Item[]): Item[] =>
  jobs.flatMap((job) => {
    if (job.error !== undefined) return [];
    return attempt(job, () => job.work.steps.flatMap((step) => itemsOfStep(job, step))) ?? [];
  });

/** Sends the messages in one batch; what each of them comes to is noted in its job. */
export function send(socket: RouteSocket, items: Item[]): void {
  if (items.length === 0) return;
  const results = socket.batch(items.map(({ request }) => request));
  for (const [index, { job, makes, harmless, explain }] of items.entries()) {
    const error = results[index];
    if (error && !harmless?.includes(error.errnoName)) job.error ??= explain?.(error) ?? error;
    else if (!error && makes) job.made.push(makes);
  }
}

export const stepsOf = ({ work }: Job, kind: KernelObject['kind']): Step[] => work.steps.filter(({ object }) => object.kind === kind);

/** Does what all jobs that have not failed before have of one kind in one go; if that is refused, job by job, to find the culprit. */
export function allOrEach(jobs: Job[], kind: KernelObject['kind'], apply: (jobs: Job[]) => void): void {
  const concerned = jobs.filter((job) => job.error === undefined && stepsOf(job, kind).length > 0);
  if (concerned.length === 0) return;
  try {
    apply(concerned);
  } catch {
    for (const job of concerned) attempt(job, () => apply([job]));
  }
}
