import { describeQuota, type QuotaBody } from './quota';

interface ProblemBody extends Partial<QuotaBody> {
  title?: string;
  detail?: string;
  code?: string;
  errors?: Record<string, string[]>;
}

/** An error that the service reported (RFC 9457), or a request without a response. */
export class Problem extends Error {
  /** 0 when there was no response. */
  readonly status: number;
  readonly code: string | undefined;
  /** The quota that the request would have exceeded. */
  readonly quota: string | undefined;
  /** How many seconds to wait before the next request, if the service said so. */
  readonly retryAfter: number | null;
  /** Error messages, by the name of the field. */
  readonly errors: Record<string, string[]>;

  constructor(status: number, body: ProblemBody = {}, retryAfter: string | null = null) {
    const seconds = readSeconds(retryAfter);
    const wait = describeWait(seconds);
    const detail = describeQuota(body) ?? body.detail;
    const message = detail ? withWait(status, detail, wait) : (describeStatus(status, wait) ?? body.title ?? reported(status));
    super(message);
    this.status = status;
    this.code = body.code;
    this.quota = body.quota;
    this.retryAfter = seconds;
    this.errors = body.errors ?? {};
  }

  static unreachable(): Problem {
    const reason = navigator.onLine ? 'GameImages cannot be reached. Check your internet connection.' : 'You are offline.';
    return new Problem(0, { detail: reason });
  }

  /**
   * @param text The body. A proxy may have written it, so it need not be JSON.
   * @param retryAfter The Retry-After header.
   */
  static read(status: number, text: string, retryAfter: string | null = null): Problem {
    try {
      return new Problem(status, JSON.parse(text), retryAfter);
    } catch {
      return new Problem(status, {}, retryAfter);
    }
  }
}

const reported = (status: number) => `GameImages reported error ${status}.`;

/** A number of seconds, or null. A date (RFC 9110, section 10.2.3) is ignored. */
function readSeconds(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter || Number.NaN);
  return Number.isInteger(seconds) && seconds >= 0 ? seconds : null;
}

/** "in 5 seconds". */
function describeWait(seconds: number | null): string | null {
  if (seconds === null) return null;
  if (seconds > 90) return `in ${Math.ceil(seconds / 60)} minutes`;
  return seconds > 1 ? `in ${seconds} seconds` : 'in a second';
}

const saysWhen = (detail: string) => /\bin (an?|\d+) (second|minute|hour)s?\b/.test(detail);

const withWait = (status: number, detail: string, wait: string | null) =>
  status === 429 && wait && !saysWhen(detail) ? `${detail} Try again ${wait}.` : detail;

/** The message for a response without one, such as that of a proxy. */
function describeStatus(status: number, wait: string | null): string | undefined {
  if (status === 401) return 'You are no longer signed in. Sign in and try again.';
  if (status === 404) return 'This was deleted, or it belongs to a guild that you are not a member of.';
  if (status === 429) return `You sent too many requests in a short time. Try again ${wait ?? 'in a minute'}. ${reported(status)}`;
  if (status >= 500) return `GameImages has a problem at the moment. Try again ${wait ?? 'in a few minutes'}. ${reported(status)}`;
  return undefined;
}
