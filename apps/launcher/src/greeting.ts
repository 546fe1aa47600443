import type { ApiRequests } from './api-requests';

export interface Greeting {
  apiUrl: string;
  dashboardUrl: string;
  token: string;
  /** Where the token is kept; null when it came with the environment. */
  tokenPath: string | null;
  database: string;
  hosts: number;
}

/** A name that neither a network nor a sandbox nor an endpoint of the curl lines has yet, so that they work when pasted after every start. */
export async function freeDemoName(api: ApiRequests): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'demo' : `demo-${number}`;
    const paths = [`/v1/networks/${name}`, `/v1/sandboxes/${name}-box`, `/v1/endpoints/${name}-link`];
    const answers = await Promise.all(paths.map((path) => api.get(path)));
    if (answers.every(({ status }) => status !== 200)) return name;
  }
}

/** A network, a sandbox, and the endpoint that joins them, as commands to paste in this order. `caFile`: of an API with a certificate of one's own. */
export function curlLines(apiUrl: string, token: string, name: string, caFile?: string): string[] {
  const curl = caFile === undefined ? 'curl' : `curl --cacert ${caFile}`;
  const line = (kind: string, body: object): string =>
    `${curl} -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -H 'Prefer: wait=10' ${apiUrl}/v1/${kind} -d '${JSON.stringify(body)}'`;
  return [
    line('networks', { metadata: { name }, spec: { driver: 'bridge' } }),
    line('sandboxes', { metadata: { name: `${name}-box` }, spec: { host: 'lab-1' } }),
    line('endpoints', { metadata: { name: `${name}-link` }, spec: { network: name, sandbox: `${name}-box` } }),
  ];
}

/** What is printed once everything runs. */
export function greeting(facts: Greeting, lines: string[]): string {
  const { apiUrl, dashboardUrl, token, tokenPath, database, hosts } = facts;
  const names = hosts === 0 ? 'none' : Array.from({ length: hosts }, (_, index) => `lab-${index + 1}`).join(' ');
  return [
    '',
    `  Dashboard   ${dashboardUrl}/sign-in#token=${token}`,
    `  API         ${apiUrl}/v1     documentation: ${apiUrl}/docs`,
    `  Token       ${token}     (${tokenPath ? `kept in ${tokenPath}` : 'from NETYARD_ADMIN_TOKEN'})`,
    `  Database    ${database}`,
    `  Lab hosts   ${names}`,
    ...(hosts === 0 ? [] : ['', '  Try it:', '', ...lines, '', '  See what they made:   npm run lab -- exec lab-1 ip -d link']),
    '',
    '  Ctrl-C ends all of it; networks are kept for the next start.',
    '',
  ].join('\n');
}
