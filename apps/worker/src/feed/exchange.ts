import type { ApiConnection } from './api-connection';
import { certificateRequest } from './certificate-request';
import type { HostCertificate } from './identity';

/** Gets another credential for a host, and by TLS asks for a certificate as well. Throws what `send` throws. */
export async function exchangeCredential(
  api: ApiConnection,
  hostName: string,
): Promise<{ token: string; certificate: HostCertificate | null }> {
  const asked = api.url.startsWith('https:') ? await certificateRequest(hostName) : null;
  const body = asked === null ? {} : { certificateRequest: asked.request };
  const { token, certificate } = (await api.send('PUT', `/v1/hosts/${hostName}/credential`, body)) as Answer;
  return { token, certificate: asked && certificate ? { certificate: certificate.certificate, key: asked.key } : null };
}

interface Answer {
  token: string;
  certificate: { certificate: string } | null;
}
