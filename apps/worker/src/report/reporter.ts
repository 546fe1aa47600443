import type { EventReport, HostReport, InquiryReport, ObjectReport, ProbeReport } from '@netyard/contracts';
import { ApiError, type ApiConnection } from '../feed/api-connection';
import { Backoff } from '../feed/backoff';
import type { Log } from '../operations/messages';

/** As many objects as one report carries. */
const objectLimit = 1_000;
/** Events and probe results that are kept while the API is away; older ones are dropped. */
const backlogLimit = 1_000;

/**
 * Brings reports to the API: one request at a time, while what comes meanwhile gathers into the next, so that one report is fast and many are few
 * requests. The last word on an object replaces the ones before it. Repeated until acknowledged. Nothing is sent before `open`.
 */
export class Reporter {
  #objects = new Map<string, ObjectReport>();
  #probes: ProbeReport[] = [];
  #events: EventReport[] = [];
  #inquiries: InquiryReport[] = [];
  #running: Promise<void> | null = null;
  #isOpen = false;
  readonly #stop = new AbortController();

  constructor(
    private readonly api: ApiConnection,
    private readonly hostName: string,
    private readonly log: Log,
  ) {}

  add({ objects = [], probes = [], inquiries = [], events = [] }: Partial<HostReport>): void {
    for (const report of objects) {
      this.#objects.delete(report.id);
      this.#objects.set(report.id, report);
    }
    this.#probes = [...this.#probes, ...probes].slice(-backlogLimit);
    this.#inquiries = [...this.#inquiries, ...inquiries].slice(-backlogLimit);
    this.#events = [...this.#events, ...events].slice(-backlogLimit);
    this.#begin();
  }

  /** The API knows the host: from now on it is told what has gathered, and what comes. May be repeated. */
  open(): void {
    this.#isOpen = true;
    this.#begin();
  }

  /** Stops after the request that is under way. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  #begin(): void {
    if (this.#isOpen) this.#running ??= this.#send().finally(() => (this.#running = null));
  }

  async #send(): Promise<void> {
    const backoff = new Backoff();
    for (let batch = this.#takeBatch(); batch; batch = this.#takeBatch()) {
      if (!(await this.#sendOne(batch))) {
        this.#putBack(batch);
        if (this.#stop.signal.aborted) return;
        await backoff.wait(this.#stop.signal);
      } else {
        backoff.reset();
      }
      if (this.#stop.signal.aborted) return;
    }
  }

  /** False: to be tried again. What the API finds fault with is sent in ever smaller parts, so that only the culprit is dropped. */
  async #sendOne(batch: HostReport): Promise<boolean> {
    try {
      await this.api.send('POST', `/v1/hosts/${this.hostName}/reports`, batch);
      return true;
    } catch (error) {
      const fields = { api: this.api.url, objects: batch.objects.length, error: error instanceof Error ? error.message : String(error) };
      if (error instanceof ApiError && [400, 413, 422].includes(error.statusCode)) {
        const parts = split(batch);
        if (parts.length === 0) this.log('error', 'the API does not accept a report; it is dropped', { ...fields, report: batch });
        for (const part of parts) if (!(await this.#sendOne(part))) this.#putBack(part);
        return true;
      }
      this.log('warn', 'a report could not be delivered; trying again', fields);
      return false;
    }
  }

  #takeBatch(): HostReport | null {
    if (this.#objects.size + this.#probes.length + this.#inquiries.length + this.#events.length === 0) return null;
    const objects = [...this.#objects.values()].slice(0, objectLimit);
    for (const { id } of objects) this.#objects.delete(id);
    const batch = { objects, probes: this.#probes, inquiries: this.#inquiries, events: this.#events };
    this.#probes = [];
    this.#inquiries = [];
    this.#events = [];
    return batch;
  }

  /** What has been said meanwhile is newer and stays. */
  #putBack({ objects, probes, inquiries, events }: HostReport): void {
    this.#objects = new Map([...objects.map((report): [string, ObjectReport] => [report.id, report]), ...this.#objects]);
    this.#probes = [...probes, ...this.#probes].slice(-backlogLimit);
    this.#inquiries = [...inquiries, ...this.#inquiries].slice(-backlogLimit);
    this.#events = [...events, ...this.#events].slice(-backlogLimit);
  }
}

/** The batch in parts: by kind of report if there are several, else in halves; none if it holds one report only. */
function split(batch: HostReport): HostReport[] {
  const empty: HostReport = { objects: [], probes: [], inquiries: [], events: [] };
  const kinds = (['objects', 'probes', 'inquiries', 'events'] as const).filter((kind) => batch[kind].length > 0);
  if (kinds.length > 1) return kinds.map((kind) => ({ ...empty, [kind]: batch[kind] }));
  return kinds.flatMap((kind) => {
    const half = Math.ceil(batch[kind].length / 2);
    return batch[kind].length > 1 ? [batch[kind].slice(0, half), batch[kind].slice(half)].map((part) => ({ ...empty, [kind]: part })) : [];
  });
}
