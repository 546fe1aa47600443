'use client';

import { useApiUrl } from '../form/api-url';

/** What starts a worker on a host; it takes the token from NETYARD_TOKEN. */
export const useWorkerCommand = (): string => `npx netyard-worker --api ${useApiUrl()} --name "$(hostname)"`;
