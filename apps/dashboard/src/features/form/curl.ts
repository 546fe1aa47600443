/** A request to the API as people would type it. */
export interface RequestLine {
  method: 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** With `/v1`, without the host. */
  path: string;
  body?: unknown;
}

/** The curl command that does the same; the token stays a shell variable. */
export function curlLine(apiUrl: string, { method, path, body }: RequestLine): string {
  const lines = [`curl -X ${method} ${quoted(apiUrl + path)}`, `-H "Authorization: Bearer $NETYARD_TOKEN"`];
  if (body !== undefined) lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`);
  return lines.join(' \\\n  ');
}

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w:/.=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
