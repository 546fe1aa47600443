import { constants } from 'node:os';
import { strerror } from './libc';

const names = new Map<number, string>([
  ...Object.entries(constants.errno).map(([name, number]): [number, string] => [number, name]),
  [54, 'EXFULL'],
  [76, 'ENOTUNIQ'],
]);

/** What to say where the kernel has a number only. */
const sentences: Record<string, string> = {
  EXFULL: 'the bridge has no free port (the kernel allows 1,023)',
  ENODEV: 'there is no such link',
};

export interface ExtendedAck {
  message?: string;
  /** Where in the request the offending attribute begins, in bytes. */
  offset?: number;
}

/** The kernel refused an operation. Keeps the error number, its name, and the kernel's own sentence (NETLINK_EXT_ACK) where it gave one. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  readonly errnoName: string;

  constructor(
    /** What was tried, as the command line that it equals. */
    readonly operation: string,
    readonly errno: number,
    readonly extendedAck: ExtendedAck = {},
  ) {
    const errnoName = names.get(errno) ?? `errno ${errno}`;
    const sentence = extendedAck.message ?? sentences[errnoName] ?? strerror(errno);
    super(
      `${operation}: ${errnoName}: ${sentence}${extendedAck.offset === undefined ? '' : ` (at byte ${extendedAck.offset} of the request)`}`,
    );
    this.errnoName = errnoName;
  }
}
