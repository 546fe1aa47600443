import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** What the worker counts, for Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly feedMessages = new Counter({
    name: 'netyard_worker_feed_messages_total',
    help: 'Messages received from the feed.',
    registers: [this.#registry],
  });
  readonly objectReports = new Counter({
    name: 'netyard_worker_object_reports_total',
    help: 'Reports made on objects.',
    registers: [this.#registry],
  });
  readonly repairs = new Counter({
    name: 'netyard_worker_repairs_total',
    help: 'Drift repaired and orphans removed.',
    registers: [this.#registry],
  });
  readonly probes = new Counter({ name: 'netyard_worker_probes_total', help: 'Probes run.', registers: [this.#registry] });
  readonly lastMessage = new Gauge({
    name: 'netyard_worker_feed_last_message_seconds',
    help: 'Unix time of the last feed message.',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Serves `/metrics` in the namespace of the main thread. */
  serve(address: string, port: number): Server {
    return createServer((request, response) => {
      if (request.url !== '/metrics') return void response.writeHead(404).end();
      void this.#registry.metrics().then((text) => response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text));
    }).listen(port, address);
  }
}
