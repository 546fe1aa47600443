import { serverVariable, startTestPostgres } from './postgres';

/** For vitest's `globalSetup`: one server for all files of a run. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  process.env[serverVariable] = server.url;
  return async () => {
    delete process.env[serverVariable];
    await server.stop();
  };
}
