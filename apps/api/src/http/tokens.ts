import { SetMetadata } from '@nestjs/common';

/** A route of workers: their token is good for it. */
export const WorkerRoute = () => SetMetadata(workerRouteKey, true);
export const workerRouteKey = 'netyard:worker-route';

/** A route that needs no token. */
export const PublicRoute = () => SetMetadata(publicRouteKey, true);
export const publicRouteKey = 'netyard:public-route';
