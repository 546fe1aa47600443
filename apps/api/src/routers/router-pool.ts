import { Prefix } from '@netyard/inet';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Config, ConfigError } from '../config';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';

/** Tells the database from where routers are given their addresses: what chooses them runs inside of transactions. Routers that there are keep theirs. */
@Injectable()
export class RouterPool implements OnModuleInit {
  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Throws ConfigError when subnets of networks are drawn from there as well. */
  async onModuleInit(): Promise<void> {
    const pool = Prefix.parse(this.config.routerPool);
    const shared = this.config.addressPools
      .split(',')
      .find((part) => pool && Prefix.parse(part.trim().replace(/:\d+$/, ''))?.overlaps(pool));
    if (shared !== undefined) throw new ConfigError(`NETYARD_ROUTER_POOL: ${pool} overlaps ${shared} of NETYARD_ADDRESS_POOLS`);
    await acrossTenants(() =>
      this.database.query('UPDATE deployment SET router_pool = $1::cidr WHERE router_pool <> $1::cidr', [this.config.routerPool]),
    );
  }
}
