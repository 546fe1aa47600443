import { Command, InvalidArgumentError } from 'commander';

/** How `npm start` was called; every value is valid. */
export interface Options {
  hosts: number;
  apiPort: number;
  dashboardPort: number;
  fresh: boolean;
}

/** Above this, links and processes of the lab would crowd out what it is there to show. */
const mostHosts = 50;

/** Parses arguments. A bad value ends the process with a line that names it; `--help` prints and ends it too. */
export function parseOptions(argv: string[]): Options {
  const command = new Command('npm start --')
    .description(
      'Runs Netyard on this machine: PostgreSQL, API, dashboard, and a lab of hosts that are network namespaces. Ctrl-C ends all of it.',
    )
    .option('--hosts <count>', `hosts of the lab, 0 to ${mostHosts}`, parseInteger(0, mostHosts), 3)
    .option('--api-port <port>', 'port of the API on 127.0.0.1', parseInteger(1, 65_535), 8080)
    .option('--dashboard-port <port>', 'port of the dashboard on 127.0.0.1', parseInteger(1, 65_535), 3000)
    .option('--fresh', 'forget the networks of earlier runs', false)
    .option('--no-system-packages', 'never install Debian packages; say which are missing instead')
    .addHelpText(
      'after',
      `
Environment:
  DATABASE_URL          use this PostgreSQL (15 or later) in place of the embedded one
  NETYARD_ADMIN_TOKEN   the token for /v1; made once and kept in .netyard/admin-token otherwise
  NETYARD_API_CA_FILE   authorities of the API's certificate, where it is told to use one (NETYARD_TLS_CERTIFICATE_FILE; for 127.0.0.1)
  NETYARD_*             everything else that the API understands is passed on to it

While it runs: npm run lab -- exec lab-1 ip -d link`,
    );
  const options = command.parse(argv).opts<Options>();
  if (options.apiPort === options.dashboardPort) command.error(`error: API and dashboard cannot share port ${options.apiPort}`);
  return options;
}

function parseInteger(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`"${text}" is no whole number from ${least} to ${most}.`);
    return value;
  };
}
