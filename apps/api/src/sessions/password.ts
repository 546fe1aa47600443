import { hash, verify } from '@node-rs/argon2';

/** By argon2id with the parameters that OWASP names first for it: 19 MiB, two rounds. */
export const hashPassword = (password: string): Promise<string> => hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

let decoy: Promise<string> | undefined;

/** Whether it is the password. It takes as long when there is none to compare with, so that it does not tell which users there are. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this one');
  const isSame = await verify(passwordHash ?? (await decoy), password);
  return isSame && passwordHash !== null;
}
