import type { DnsSettings, DriverOptions } from '@netyard/contracts';
import type { CreateNetworkDto } from './network.dto';

/** A network that is to be written. */
export interface NewNetwork {
  id: string;
  name: string;
  labels: Record<string, string>;
  dto: CreateNetworkDto;
  options: DriverOptions;
  dns: DnsSettings;
  hostId: string | null;
  hostName: string | null;
  isDefault: boolean;
  pointer(path: string): string;
}
