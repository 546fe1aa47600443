import { describe, expect, it } from 'vitest';
import { browserName } from './browser-name';

describe('browserName', () => {
  const cases: { in: string; want: string | null }[] = [
    { in: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', want: 'Chrome, Linux' },
    {
      in: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      want: 'Edge, Windows',
    },
    {
      in: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      want: 'Safari, macOS',
    },
    {
      in: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      want: 'Safari, iOS',
    },
    { in: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', want: 'Firefox, Android' },
    { in: 'curl/8.5.0', want: null },
  ];
  it.each(cases)('$in → $want', ({ in: userAgent, want }) => {
    expect(browserName(userAgent)).toBe(want);
  });
});
