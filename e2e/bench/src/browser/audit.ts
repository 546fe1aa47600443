import type { Flags } from 'lighthouse';
import type { Browser } from './browser';

const categories = { performance: 'performance', accessibility: 'accessibility', practices: 'best-practices' } as const;
const maxTries = 3;

/** What Lighthouse says of one page, as a desktop has it: on a line of 10 Mbit/s and 40 ms, by its simulation. */
export interface Audit {
  scores: Record<keyof typeof categories, number>;
  /** When the largest thing in view is painted, in milliseconds. */
  lcpMs: number;
  /** How far what is in view is moved by what comes later: shares of the window, added up. */
  cls: number;
  /** How long the page's thread could not have answered, in milliseconds. */
  tbtMs: number;
  /** Audits below 0.9, with what they say. */
  imperfect: string[];
}

/** Audits a page for which the browser is signed in. Throws where Lighthouse ended up on another one. */
export async function audit(browser: Browser, url: string): Promise<Audit> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse');
  const flags = {
    port: browser.debuggingPort,
    disableStorageReset: true,
    onlyCategories: Object.values(categories),
    logLevel: 'silent',
  } satisfies Flags;
  let report = (await lighthouse(url, flags, desktopConfig))?.lhr;
  // The trace of a busy machine now and then lacks its beginning, and Lighthouse asks to be run again.
  for (let tries = 1; report?.runtimeError && tries < maxTries; tries++) report = (await lighthouse(url, flags, desktopConfig))?.lhr;
  if (!report || report.runtimeError || report.finalDisplayedUrl !== url)
    throw new Error(`Lighthouse did not see ${url}: ${report?.runtimeError?.message ?? report?.finalDisplayedUrl}`);
  const valueOf = (id: string): number => report.audits[id]?.numericValue ?? Number.NaN;
  const scoreOf = (category: string): number => Math.round((report.categories[category]?.score ?? 0) * 100);
  return {
    scores: {
      performance: scoreOf(categories.performance),
      accessibility: scoreOf(categories.accessibility),
      practices: scoreOf(categories.practices),
    },
    lcpMs: valueOf('largest-contentful-paint'),
    cls: valueOf('cumulative-layout-shift'),
    tbtMs: valueOf('total-blocking-time'),
    imperfect: Object.values(report.audits)
      .filter(
        ({ score, scoreDisplayMode }) =>
          score !== null && score < 0.9 && !['informative', 'notApplicable', 'manual'].includes(scoreDisplayMode),
      )
      .map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim()),
  };
}
