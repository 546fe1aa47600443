/**
 * Whether a request was made by a page of this server. Browsers say so in `Sec-Fetch-Site`; where they do not (plain HTTP to another
 * machine), `Origin` decides, and only reading is allowed without either. The session's cookie is `SameSite=Strict` on top of this.
 */
export function isSameOrigin(method: string, headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin) return hostOf(origin) === (headers.get('x-forwarded-host') ?? headers.get('host'));
  return method === 'GET' || method === 'HEAD';
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
