import { type DriverDescription, type DriverName, type DriverOptions, type FieldError, NetyardError } from '@netyard/contracts';
import { driverDescriptions } from '@netyard/drivers';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false });
const validators = new Map<DriverName, ValidateFunction>(
  driverDescriptions.map(({ name, optionSchema }) => [name, ajv.compile(optionSchema)]),
);

export function describeDriver(name: DriverName): DriverDescription {
  const found = driverDescriptions.find((description) => description.name === name);
  if (!found) throw new Error(`driver ${name} is not described`);
  return found;
}

/** Checks options against the driver's schema and fills in its defaults. Throws NetyardError that names every bad option. */
export function parseOptions(driver: DriverName, options: DriverOptions, pointer: string): DriverOptions {
  const parsed: DriverOptions = { ...options };
  const validate = validators.get(driver);
  if (!validate || validate(parsed)) return parsed;
  const fields = (validate.errors ?? []).map((error) => toFieldError(driver, error, pointer));
  throw new NetyardError('invalid-value', fields.map(({ detail }) => detail).join('; '), fields);
}

/** Throws NetyardError when an option that is fixed with the network is to become another. */
export function assertMutable(driver: DriverName, present: DriverOptions, wanted: DriverOptions, pointer: string): void {
  const { properties } = describeDriver(driver).optionSchema;
  const fields = Object.keys(wanted).flatMap((option): FieldError[] =>
    properties[option]?.immutable && wanted[option] !== present[option]
      ? [{ pointer: `${pointer}/${option}`, detail: `option ${option} cannot be changed: make a new network` }]
      : [],
  );
  if (fields.length > 0) throw new NetyardError('invalid-value', fields.map(({ detail }) => detail).join('; '), fields);
}

function toFieldError(driver: DriverName, { keyword, instancePath, params, message }: ErrorObject, pointer: string): FieldError {
  if (keyword === 'additionalProperties') {
    const option = String(params['additionalProperty']);
    const known = Object.keys(describeDriver(driver).optionSchema.properties);
    const hint = known.length > 0 ? `it knows ${known.join(', ')}` : 'it has no options';
    return {
      pointer: `${pointer}/${option.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: `driver ${driver} has no option "${option}": ${hint}`,
    };
  }
  return { pointer: `${pointer}${instancePath}`, detail: `option ${instancePath.slice(1)} ${message ?? 'is not valid'}` };
}
