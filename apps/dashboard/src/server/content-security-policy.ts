/**
 * What a page may load and run: scripts that carry the nonce (and what they load), styles and fonts of this server, connections to this
 * server alone. Styles may be inline, since positioned parts (menus, dialogs, virtual rows) are given theirs by scripts.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    `default-src 'none'`,
    // React's development build evaluates strings to rebuild stack traces.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `font-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    // What lays out the topology runs in a worker.
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
