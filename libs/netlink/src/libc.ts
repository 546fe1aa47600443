import koffi from 'koffi';

/**
 * The C library's calls that Node does not offer. All of them are synchronous and act on the calling thread; after a result of -1,
 * `errno()` is the reason. Source: the man pages of section 2 of the same names.
 */
const lib = koffi.load('libc.so.6');

type SystemCall = (...args: (number | bigint | string | Buffer | null)[]) => number;
const declare = (prototype: string): SystemCall => lib.func(prototype) as SystemCall;

export const libc = {
  socket: declare('int socket(int domain, int type, int protocol)'),
  bind: declare('int bind(int fd, const void *address, uint32_t length)'),
  send: declare('int64_t send(int fd, const void *bytes, size_t length, int flags)'),
  recv: declare('int64_t recv(int fd, void *bytes, size_t length, int flags)'),
  setsockopt: declare('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)'),
  setns: declare('int setns(int fd, int type)'),
  unshare: declare('int unshare(int flags)'),
  ioctl: declare('int ioctl(int fd, unsigned long request, long argument)'),
  mount: declare('int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data)'),
  umount2: declare('int umount2(const char *target, int flags)'),
  poll: declare('int poll(void *descriptors, unsigned long count, int timeoutMs)'),
  eventfd: declare('int eventfd(unsigned int initial, int flags)'),
};

const strerrorText = lib.func('const char *strerror(int number)') as (number: number) => string;

/** Why the last call of this thread failed. */
export const errno = (): number => koffi.errno();

/** The C library's sentence for an error number. */
export const strerror = (number: number): string => strerrorText(number);

const exitNow = lib.func('void _exit(int status)') as (status: number) => void;

/**
 * Ends the process without Node's own tidying. That would take down the environment of a thread that may be within a native call, which aborts the
 * process (`napi_throw`) instead of giving its exit code. Source: _exit(2).
 */
export const exitAtOnce = (status: number): void => exitNow(status);
