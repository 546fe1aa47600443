import type { CreateNetwork, Driver, OptionSchema } from '@netyard/api-client';

/** What the form holds: the body's shape, with texts for what people type. */
export interface NetworkFormValues {
  metadata: { name: string };
  spec: {
    driver: CreateNetwork['spec']['driver'];
    subnets: { cidr: string; gateway: string }[];
    ipv6: boolean;
    internal: boolean;
    host: string;
    domain: string;
    options: Record<string, string | boolean>;
  };
}

/** The body of `POST /v1/networks`, with nothing in it that the API would choose the same. */
export function networkRequest(
  { metadata, spec }: NetworkFormValues,
  driver: Pick<Driver, 'hasSubnets' | 'optionSchema'> | undefined,
): CreateNetwork {
  const isInternable = driver?.hasSubnets !== false;
  const hasSubnets = isInternable && !leavesAddresses(spec.options, driver);
  const subnets = spec.subnets
    .map(({ cidr, gateway }) => ({ cidr: cidr.trim(), ...(gateway.trim() ? { gateway: gateway.trim() } : {}) }))
    .filter(({ cidr, gateway }) => cidr || gateway);
  const options = chosenOptions(spec.options, driver?.optionSchema);
  return {
    ...(metadata.name.trim() ? { metadata: { name: metadata.name.trim() } } : {}),
    spec: {
      driver: spec.driver,
      ...(hasSubnets && subnets.length > 0 ? { subnets } : {}),
      ...(hasSubnets && spec.ipv6 ? { ipv6: true } : {}),
      ...(isInternable && spec.internal ? { internal: true } : {}),
      ...(spec.host.trim() ? { host: spec.host.trim() } : {}),
      ...(spec.domain.trim() ? { domain: spec.domain.trim() } : {}),
      ...(Object.keys(options).length > 0 ? { options } : {}),
    },
  };
}

/** Whether addresses are left to a DHCP server on the wire: then the network has no subnets. */
export const leavesAddresses = (options: NetworkFormValues['spec']['options'], driver: Pick<Driver, 'optionSchema'> | undefined): boolean =>
  driver?.optionSchema.properties['addressing'] !== undefined && options['addressing'] === 'dhcp';

type ChosenOptions = NonNullable<CreateNetwork['spec']['options']>;

/** The options that differ from the driver's defaults, as the types that its schema gives them. */
function chosenOptions(values: Record<string, string | boolean>, schema: OptionSchema | undefined): ChosenOptions {
  const chosen: ChosenOptions = {};
  for (const [key, property] of Object.entries(schema?.properties ?? {})) {
    const value = values[key];
    if (value === undefined || value === '' || value === property.default) continue;
    if (property.type === 'boolean' && value === false && property.default === undefined) continue;
    // What is no number goes as it was typed, so that the API names the field.
    chosen[key] = property.type === 'integer' && /^-?\d+$/.test(String(value)) ? Number(value) : value;
  }
  return chosen;
}
