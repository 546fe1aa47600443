import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Bench } from '../bench';
import { Program } from '../deployment/program';
import { until } from '../timing';
import { inWorkspace } from '../workspace';

/** The built dashboard as a process of its own. */
export class Dashboard {
  private constructor(
    readonly url: string,
    private readonly program: Program,
  ) {}

  /** It answers when this resolves. */
  static async start(bench: Bench, label: string, apiUrl: string): Promise<Dashboard> {
    const port = await freePort();
    const program = new Program('dashboard', {
      command: [process.execPath, inWorkspace('dist/dashboard/apps/dashboard/server.js')],
      env: { NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), NETYARD_API_URL: apiUrl },
      logPath: join(bench.logFolder, `dashboard-${label}.log`),
    });
    const dashboard = new Dashboard(`http://127.0.0.1:${port}`, program);
    await until('the dashboard answers', async () => {
      program.assertRunning();
      return (await fetch(`${dashboard.url}/sign-in`).catch(() => undefined))?.ok ?? false;
    });
    return dashboard;
  }

  close(): Promise<void> {
    return this.program.stop();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
