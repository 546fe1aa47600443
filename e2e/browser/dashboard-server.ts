import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const serverFile = 'dist/dashboard/apps/dashboard/server.js';
const startSeconds = 120;

/** The built dashboard as a process of its own. */
export class DashboardServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Answers when this resolves. The API need not run yet. */
  static async start(apiUrl: string, listenPort?: number): Promise<DashboardServer> {
    const port = listenPort ?? (await freePort());
    const child = spawn(process.execPath, [serverFile], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), NETYARD_API_URL: apiUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const server = new DashboardServer(`http://127.0.0.1:${port}`, child);
    const deadline = Date.now() + startSeconds * 1000;
    while (!(await fetch(`${server.url}/sign-in`).catch(() => undefined))?.ok) {
      if (child.exitCode !== null) throw new Error(`${serverFile} ended with ${child.exitCode}`);
      if (Date.now() > deadline) throw new Error(`${serverFile} did not answer within ${startSeconds} s`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
    return server;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

/** One that nobody listens on, for who has to know it before. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
