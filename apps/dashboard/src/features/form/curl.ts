/** A request to the API as people would type it. */
export interface RequestLine {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** With `/v1`, without the host. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The curl command that does the same; the token stays a shell variable. */
export function curlLine(apiUrl: string, { method, path, body, headers = {} }: RequestLine): string {
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(apiUrl + path)}`, `-H "Authorization: Bearer $NETYARD_TOKEN"`];
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`);
  return lines.join(' \\\n  ');
}

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w:/.=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
