export const driverNames = ['bridge', 'host', 'none', 'overlay', 'macvlan', 'ipvlan'] as const;
export type DriverName = (typeof driverNames)[number];

/** The JSON Schema (draft 2020-12) subset that describes a driver's options, from which forms are generated. */
export interface OptionSchema {
  type: 'object';
  additionalProperties: false;
  properties: Record<string, OptionPropertySchema>;
}

export interface OptionPropertySchema {
  type: 'boolean' | 'integer' | 'string';
  title: string;
  description: string;
  default?: boolean | number | string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  pattern?: string;
  /** Fixed when the network is made. */
  immutable?: boolean;
}

/** What a driver can do, as `GET /v1/drivers` publishes it. */
export interface DriverDescription {
  name: DriverName;
  description: string;
  /** How far endpoints of one network reach each other: on one host, or across hosts. */
  connectivityScope: 'host' | 'global';
  /** Whether networks of it have subnets, and endpoints addresses. */
  hasSubnets: boolean;
  /** Whether traffic passes a bridge of the host, where ports are published, and policies, limits and the spoofing guard hold. */
  passesHost: boolean;
  /** Whether endpoints have MAC addresses of their own. */
  hasMacs: boolean;
  /** Optional parts of the kernel that a host must have for it, as hosts report them. */
  neededFeatures: string[];
  /** How many endpoints one network takes on one host; null: no limit of the driver. */
  maxEndpointsPerHost: number | null;
  optionSchema: OptionSchema;
}

/** Options as the user gave them, already valid for the driver's schema and with its defaults filled in. */
export type DriverOptions = Record<string, boolean | number | string>;
