import 'reflect-metadata';
import { createApp } from './app';
import { ConfigError, parseConfig, usage } from './config';
import { DatabaseUnusable } from './database/database-unusable';

const closeLimitMs = 10_000;

async function run(): Promise<void> {
  const config = parseConfig(process.env);
  const app = await createApp(config);
  await app.listen(config.port, config.address);
  process.stdout.write(`listening on ${await app.getUrl()}\n`);
  const stop = (): void => {
    setTimeout(() => process.exit(1), closeLimitMs).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (process.argv.includes('--help')) {
  process.stdout.write(usage);
} else {
  run().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const what = error instanceof ConfigError || error instanceof DatabaseUnusable ? '' : 'cannot start: ';
    process.stderr.write(`netyard-api: ${what}${message}\n`);
    process.exit(1);
  });
}
