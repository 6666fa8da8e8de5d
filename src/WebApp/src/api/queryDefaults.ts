import type { QueryClientConfig } from '@tanstack/react-query';
import { Problem } from './problem';

/** No response, or an error of the server. A request that the service rejected would be rejected again. */
const isTemporary = (error: Error) => error instanceof Problem && (error.status === 0 || error.status >= 500) && navigator.onLine;

export const queryDefaults: QueryClientConfig = {
  defaultOptions: {
    queries: {
      // A query fails at once when the browser is offline, and is repeated when it is online again.
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && isTemporary(error),
      staleTime: 30_000,
    },
    // The app does not repeat a change by itself, since the service may have made it.
    mutations: { networkMode: 'always', retry: false },
  },
};
