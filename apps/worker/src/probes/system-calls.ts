import koffi from 'koffi';

/** The C library's calls that a probe needs beyond Node's own; synchronous, -1 is a failure. Source: the man pages of section 2 of the same names. */
const lib = koffi.load('libc.so.6');
type SystemCall = (...args: (number | bigint | Buffer | null)[]) => number;
const declare = (prototype: string): SystemCall => lib.func(prototype) as SystemCall;

export const calls = {
  socket: declare('int socket(int domain, int type, int protocol)'),
  connect: declare('int connect(int fd, const void *address, uint32_t length)'),
  bind: declare('int bind(int fd, const void *address, uint32_t length)'),
  send: declare('int64_t send(int fd, const void *bytes, size_t length, int flags)'),
  sendto: declare('int64_t sendto(int fd, const void *bytes, size_t length, int flags, const void *address, uint32_t addressLength)'),
  recv: declare('int64_t recv(int fd, _Out_ uint8_t *bytes, size_t length, int flags)'),
  setsockopt: declare('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)'),
  poll: declare('int poll(_Inout_ uint8_t *descriptors, unsigned long count, int timeoutMs)'),
  close: declare('int close(int fd)'),
  setgroups: declare('int setgroups(size_t count, const void *groups)'),
  setresgid: declare('int setresgid(uint32_t real, uint32_t effective, uint32_t saved)'),
  setresuid: declare('int setresuid(uint32_t real, uint32_t effective, uint32_t saved)'),
  prctl: declare('int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)'),
  capset: declare('int capset(const void *header, const void *data)'),
  setrlimit: declare('int setrlimit(int resource, const void *limit)'),
};

export const errno = (): number => koffi.errno();
const strerrorText = lib.func('const char *strerror(int number)') as (number: number) => string;

/** A failed call, with the system's sentence. */
export const failure = (what: string, number = errno()): Error => new Error(`${what}: ${strerrorText(number)}`);

/** Sets an option that is an int. Throws where the system refuses it. */
export function setOption(fd: number, level: number, name: number, value: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  if (calls.setsockopt(fd, level, name, bytes, 4) < 0) throw failure('set a socket option');
}
