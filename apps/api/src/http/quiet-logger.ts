import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** What Nest tells of its own start. */
const frameworkContexts = new Set<unknown>(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** The log, without a line for every route at each start: those are debug. */
@Injectable()
export class QuietLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (frameworkContexts.has(parameters.at(-1))) this.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }
}
