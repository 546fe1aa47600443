/** The Debian packages of these purposes (rows of system-packages.json) whose files are missing. */
export function missingPackages(purposes: string[]): string[];

/** The line that installs Debian packages. */
export function installLine(names: string[]): string;
