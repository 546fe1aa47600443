import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { FeedHub } from '../feed/feed-hub';

/** What Prometheus is told: of the process, of requests and of feeds. */
@Injectable()
export class Metrics implements NestMiddleware {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'netyard_http_request_duration_seconds',
    help: 'How long requests took; waiting that was asked for included.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [this.#registry],
  });

  constructor(@Inject(FeedHub) hub: FeedHub) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'netyard_feed_subscribers',
      help: 'Workers and clients that follow a stream of this replica.',
      registers: [this.#registry],
      collect() {
        this.set(hub.subscriberCount);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Measures every request by its route, so that ids do not become labels. */
  use(request: Request, response: Response, next: NextFunction): void {
    const end = this.#requests.startTimer();
    response.once('finish', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      end({ method: request.method, route, status: String(response.statusCode) });
    });
    next();
  }
}
