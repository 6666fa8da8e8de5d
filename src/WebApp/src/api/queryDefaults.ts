import type { QueryClientConfig } from '@tanstack/react-query';
import { Problem } from './problem';

/** Worth another try: no answer, or one that says so. What the service refused, it refuses again. */
const mayPass = (error: Error) => error instanceof Problem && (error.status === 0 || error.status >= 500) && navigator.onLine;

export const queryDefaults: QueryClientConfig = {
  defaultOptions: {
    // Whoever is offline is told at once, instead of waiting for the network; what is missing comes with it.
    queries: { networkMode: 'always', refetchOnReconnect: true, retry: (failures, error) => failures < 2 && mayPass(error), staleTime: 30_000 },
    // Never sent again by itself: nobody knows whether the first one arrived.
    mutations: { networkMode: 'always', retry: false },
  },
};
