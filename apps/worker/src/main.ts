import { exitAtOnce } from '@netyard/netlink';
import { pino } from 'pino';
import { parseConfig } from './config';
import { Metrics } from './metrics';
import { wakePoolThreads, Worker } from './worker';

const config = parseConfig(process.argv);
const output = pino.destination({ fd: 1, sync: true });
const logger = pino({ level: config.logLevel, base: { host: config.hostName }, timestamp: pino.stdTimeFunctions.isoTime }, output);
const metrics = config.metrics ? new Metrics() : null;

await wakePoolThreads();
const metricsServer = config.metrics ? metrics?.serve(config.metrics.address, config.metrics.port) : undefined;
const worker = new Worker(config, logger, metrics, new URL('.', import.meta.url), (reason) => {
  logger.fatal(reason);
  output.flushSync();
  exitAtOnce(1);
});

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'stopping; networks stay as they are');
  await worker.stop();
  metricsServer?.close();
  process.exit(0);
}
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
process.on('SIGHUP', (signal) => void stop(signal));

worker.start();
logger.info({ api: config.apiUrls, netns: config.netnsPath }, 'started');
