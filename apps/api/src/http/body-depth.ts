import type { NextFunction, Request, Response } from 'express';

/** No body that the API takes is as deep by half. */
const depthLimit = 32;

/** Refuses bodies whose objects and arrays lie within each other so deep that going through them could exhaust the stack. */
export function limitBodyDepth(request: Request, _response: Response, next: NextFunction): void {
  let level: unknown[] = [request.body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit) return next(Object.assign(new Error(`the body is more than ${depthLimit} levels deep`), { status: 400 }));
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  next();
}
