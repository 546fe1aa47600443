import { calls, failure } from './system-calls';

// include/uapi/linux/prctl.h, include/uapi/linux/capability.h, include/uapi/asm-generic/resource.h
const PR_CAPBSET_DROP = 24;
const PR_SET_NO_NEW_PRIVS = 38;
const PR_CAP_AMBIENT = 47;
const PR_CAP_AMBIENT_CLEAR_ALL = 4;
const LINUX_CAPABILITY_VERSION_3 = 0x20080522;
const lastCapability = 63;
const RLIMIT_FSIZE = 1;
const RLIMIT_NOFILE = 7;
const RLIMIT_CORE = 4;
const nobody = 65534;

/**
 * Gives up, for good, all that the process could do beyond what anybody can: capabilities (bounding, ambient, effective, permitted, inheritable),
 * supplementary groups, the user, and the ways to gain any of them back. In a user namespace that knows no `nobody` the user stays, without capabilities.
 * Only the calling thread is changed: everything that follows has to be done by it. Throws if anything is left.
 */
export function dropPrivileges(): void {
  for (let capability = 0; capability <= lastCapability; capability++) calls.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  calls.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  calls.setgroups(0, null);
  calls.setresgid(nobody, nobody, nobody);
  calls.setresuid(nobody, nobody, nobody);
  if (calls.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) throw failure('set no_new_privs');
  const header = Buffer.alloc(8);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3, 0);
  if (calls.capset(header, Buffer.alloc(24)) < 0) throw failure('drop capabilities');
}

/** No files are written, no core is dumped, and few descriptors are open. */
export function limitResources(): void {
  limit(RLIMIT_CORE, 0n);
  limit(RLIMIT_FSIZE, 0n);
  limit(RLIMIT_NOFILE, 128n);
}

function limit(resource: number, value: bigint): void {
  const limits = Buffer.alloc(16);
  limits.writeBigUInt64LE(value, 0);
  limits.writeBigUInt64LE(value, 8);
  if (calls.setrlimit(resource, limits) < 0) throw failure(`set resource limit ${resource}`);
}
