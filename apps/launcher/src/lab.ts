import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { inRoom } from './lab/rooms';
import { readClaim } from './process/claim';
import { inState } from './workspace';

function enter(where: string, words: string[]): void {
  const labPid = readClaim(inState('launcher.json'))?.labPid;
  if (!labPid) {
    process.stderr.write('netyard: no lab runs here; start it with: npm start\n');
    process.exit(1);
  }
  const [program = '', ...args] = inRoom(labPid, 'ip', 'netns', 'exec', where, ...words);
  process.exit(spawnSync(program, args, { stdio: 'inherit' }).status ?? 1);
}

const command = new Command('npm run lab --').description('Looks into the lab that npm start runs.').enablePositionalOptions();
command
  .command('exec')
  .description('runs a command in a host (lab-1), in the underlay, or in the namespace of a sandbox (as `ip netns` lists them)')
  .argument('<where>', 'e.g. lab-1')
  .argument('<command...>', 'e.g. ip -d link')
  .passThroughOptions()
  .action(enter);
command.parse();
