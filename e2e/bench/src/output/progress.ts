/** One line on standard error, which `--json` leaves to people. */
export const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`);
