/** Where the API is, as this server reaches it; from NETYARD_API_URL, read at each request so that one build serves everywhere. */
export function apiAddress(): URL {
  const text = process.env['NETYARD_API_URL'] ?? 'http://127.0.0.1:8080';
  try {
    return new URL(text);
  } catch (error) {
    throw new Error(`NETYARD_API_URL is not a URL: ${text}`, { cause: error });
  }
}

/** Where people reach the API, for the curl lines that forms show; NETYARD_PUBLIC_API_URL, or the address that this server uses. */
export function publicApiAddress(): string {
  return (process.env['NETYARD_PUBLIC_API_URL'] ?? apiAddress().href).replace(/\/+$/, '');
}
