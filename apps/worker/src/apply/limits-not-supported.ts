import type { KernelError } from '@netyard/netlink';

/** The kernel was built without a part that bandwidth limits need, and has no module of it. */
export class LimitsNotSupportedError extends Error {
  override readonly name = 'LimitsNotSupported';

  constructor(cause: KernelError, options: readonly string[]) {
    super(`bandwidth limits need ${options.join(' and ')} in the kernel, which is not there: ${cause.message}`, { cause });
  }
}

/** How the kernel says that it does not know a kind of queue, filter, action or link (net/sched/sch_api.c, cls_api.c, act_api.c; net/core/rtnetlink.c). */
const unknownKind = new Set(['ENOENT', 'EOPNOTSUPP']);

/** Makes an error that tells which options of the kernel's configuration are missing out of those that mean it. */
export const needs =
  (...options: string[]) =>
  (error: KernelError): Error =>
    unknownKind.has(error.errnoName) ? new LimitsNotSupportedError(error, options) : error;
