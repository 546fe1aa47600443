import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Debian's Chromium, kept from everything that it would do on the network by itself. */
export function launchBrowser(executablePath = program): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Root may not use Chromium's sandbox; the pages are our own.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
  });
}

/** The same on another machine: what it reaches is what the namespace of that name reaches. */
export async function launchBrowserIn(namespace: string): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'netyard-browser-'));
  const script = join(folder, 'chromium');
  writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${namespace} ${program} "$@"\n`, { mode: 0o755 });
  try {
    return await launchBrowser(script);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A page that has opened the link that the launcher prints, in a browser profile of its own. */
export async function signedInPage(browser: Browser, url: string, token: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  // Less than a test has, so that what was waited for in vain is named.
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}/sign-in#token=${token}`);
  // The server sends the frame of the page at once; it can be used when the first snapshot is there.
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}
