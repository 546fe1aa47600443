/** What a request got: the status, the headers, and the body as JSON. */
export interface Answer<Body = ApiObject> {
  status: number;
  headers: Headers;
  body: Body;
}

/** As much of an object of the API as tests look at. */
export interface ApiObject {
  metadata: { id: string; name: string; generation: number; resourceVersion: string; labels: Record<string, string> };
  spec: Record<string, unknown>;
  status: Record<string, never> & { conditions?: { type: string; status: string; reason: string; message: string }[] };
}

/** How long the API is asked to hold its answer to a change: as long as it will. */
const prefer = 'wait=60';

/** Somebody who asks the API, about the tenant that the token is of. */
export class ApiClient {
  constructor(
    readonly token: string,
    /** Of the replicas. */
    readonly apiUrls: string[] = [],
  ) {}

  async request<Body = ApiObject>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    replica = 0,
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.apiUrls[replica]}${path}`, {
      method,
      // Tests block this process with commands: a connection that was kept would be closed meanwhile.
      headers: {
        connection: 'close',
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as Body };
  }

  get<Body = ApiObject>(path: string): Promise<Answer<Body>> {
    return this.request<Body>('GET', path);
  }

  /** Creates an object and waits until it is Ready; fails the test with the answer otherwise. */
  async create(kind: 'networks' | 'sandboxes' | 'endpoints' | 'policies', name: string, spec: Record<string, unknown>): Promise<ApiObject> {
    const answer = await this.request('POST', `/v1/${kind}`, { metadata: { name }, spec }, { prefer });
    if (answer.status !== 201 || !isReady(answer.body))
      throw new Error(`creating ${kind} ${name}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** Publishes a port and waits until it is Ready; fails the test with the answer otherwise. */
  async publish(endpoint: string, port: Record<string, unknown>): Promise<ApiObject> {
    const answer = await this.request('POST', `/v1/endpoints/${endpoint}/ports`, port, { prefer });
    if (answer.status !== 201 || !isReady(answer.body))
      throw new Error(`publishing ${JSON.stringify(port)} of ${endpoint}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** Changes an object and waits until the change is Ready; fails the test with the answer otherwise. */
  async patch(path: string, body: unknown): Promise<ApiObject> {
    const answer = await this.request('PATCH', path, body, { prefer });
    if (answer.status !== 200 || !isReady(answer.body))
      throw new Error(`changing ${path}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
    return answer.body;
  }

  /** Deletes an object and waits until it is gone from kernel and database. */
  async remove(path: string): Promise<void> {
    const answer = await this.request('DELETE', path, undefined, { prefer });
    if (answer.status !== 204) throw new Error(`deleting ${path}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
  }

  /** Runs a probe and gives its result. */
  async probe<Result = Record<string, unknown>>(spec: Record<string, unknown>): Promise<Result> {
    const answer = await this.request<{ status: { result: Result; error?: string } }>('POST', '/v1/probes', { spec });
    if (!answer.body.status?.result) throw new Error(`probe ${JSON.stringify(spec)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.status.result;
  }
}

export const isReady = (object: ApiObject): boolean =>
  object.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
