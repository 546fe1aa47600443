import type { AccessResource, AccessVerb } from '@netyard/contracts';
import { applyDecorators, SetMetadata, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ApiExtension } from '@nestjs/swagger';

/** What a route does, for the policy table to decide on. */
export interface RouteAccess {
  resource: AccessResource;
  verb: AccessVerb;
}

export const accessKey = 'netyard:access';
export const publicRouteKey = 'netyard:public-route';

/** Says what a route does to which resource; the document shows it as `x-access`. */
export const Access = (resource: AccessResource, verb: AccessVerb): MethodDecorator =>
  applyDecorators(SetMetadata(accessKey, { resource, verb } satisfies RouteAccess), ApiExtension('x-access', { resource, verb }));

/** A route that needs no token. */
export const PublicRoute = (): MethodDecorator & ClassDecorator => SetMetadata(publicRouteKey, true);

/** Throws, naming them, when routes of controllers do not say who may use them: nothing is open, or closed, by being forgotten. */
export function assertGuarded(controllers: Type[]): void {
  const forgotten = controllers
    .filter((controller) => !Reflect.hasMetadata(publicRouteKey, controller))
    .flatMap((controller) => routesOf(controller).flatMap(({ name, says }) => (says ? [] : `${controller.name}.${name}`)));
  if (forgotten.length > 0) throw new Error(`these routes say neither what they access nor that they are public: ${forgotten.join(', ')}`);
}

function routesOf(controller: Type): { name: string; says: boolean }[] {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype));
  return methods.flatMap(([name, { value }]: [string, PropertyDescriptor]) => {
    const method: unknown = value;
    if (typeof method !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, method)) return [];
    return { name, says: Reflect.hasMetadata(accessKey, method) || Reflect.hasMetadata(publicRouteKey, method) };
  });
}
