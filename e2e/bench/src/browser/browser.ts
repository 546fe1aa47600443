import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Bench } from '../bench';
import { freePort } from './dashboard';

/** Debian's Chromium with one profile, whose pages are signed in, and a port by which other programs see the same profile. */
export class Browser {
  private constructor(
    readonly context: BrowserContext,
    readonly debuggingPort: number,
    private readonly dashboardUrl: string,
  ) {}

  /** Signs in with the token when it starts. */
  static async start(bench: Bench, label: string, dashboardUrl: string, token: string): Promise<Browser> {
    const debuggingPort = await freePort();
    const context = await chromium.launchPersistentContext(join(bench.folder, `browser-${label}`), {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      // Root may not use Chromium's sandbox; the pages are our own.
      chromiumSandbox: process.getuid?.() !== 0,
      viewport: { width: 1440, height: 900 },
      args: [
        `--remote-debugging-port=${debuggingPort}`,
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // A tab that is not in front is measured as one that is.
        '--disable-renderer-backgrounding',
        '--disable-background-timer-throttling',
        '--disable-backgrounding-occluded-windows',
        '--enable-precise-memory-info',
      ],
    });
    const browser = new Browser(context, debuggingPort, dashboardUrl);
    const page = await context.newPage();
    await page.goto(`${dashboardUrl}/sign-in#token=${token}`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.close();
    return browser;
  }

  /** A page of the dashboard that has its first snapshot. */
  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${this.dashboardUrl}${path}`);
    await page.getByText('Live', { exact: true }).waitFor();
    return page;
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
