import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { Response } from 'express';
import { PublicRoute } from '../access/access';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { Metrics } from './metrics';

@ApiExcludeController()
@PublicRoute()
@Controller()
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(Database) private readonly database: Database,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process answers. */
  @Get('livez')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work. */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const result = await this.health
      .check([() => this.#checkDatabase()])
      .catch((error: { response?: object }) => error.response ?? { status: 'error' });
    response.status('status' in result && result.status === 'ok' ? 200 : 503).json(result);
  }

  @Get('metrics')
  async scrape(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }

  async #checkDatabase() {
    const indicator = this.indicators.check('database');
    try {
      await acrossTenants(() => this.database.query('SELECT 1'));
      return indicator.up();
    } catch (error) {
      return indicator.down(error instanceof Error ? error.message : String(error));
    }
  }
}
