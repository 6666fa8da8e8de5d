import type { Status } from '../api/games';

export const statusNames: Record<Status, string> = {
  scheduled: 'Scheduled',
  in_progress: 'In progress',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const statuses = Object.keys(statusNames) as Status[];

const next: Record<Status, Status[]> = {
  scheduled: ['in_progress', 'cancelled'],
  in_progress: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

/** The current status of a game, followed by those that it may change to. */
export const reachable = (status: Status): Status[] => [status, ...next[status]];
