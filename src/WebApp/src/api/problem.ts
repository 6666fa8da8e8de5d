/** What the service answers instead of a result (RFC 9457), or that it did not answer at all. */
export class Problem extends Error {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly code: string | undefined;
  /** Sentences by the name of the field. */
  readonly errors: Record<string, string[]>;

  constructor(status: number, body: { title?: string; detail?: string; code?: string; errors?: Record<string, string[]> } = {}, retryAfter: string | null = null) {
    const wait = waitOf(retryAfter);
    super(body.detail ? withWait(status, body.detail, wait) : (sentence(status, wait) ?? body.title ?? answered(status)));
    this.status = status;
    this.code = body.code;
    this.errors = body.errors ?? {};
  }

  static unreachable(): Problem {
    const reason = navigator.onLine ? 'The service cannot be reached.' : 'You are offline.';
    return new Problem(0, { detail: reason });
  }

  /**
   * @param text The body, which a proxy in between may have written.
   * @param retryAfter The header Retry-After.
   */
  static read(status: number, text: string, retryAfter: string | null = null): Problem {
    try {
      return new Problem(status, JSON.parse(text), retryAfter);
    } catch {
      return new Problem(status, {}, retryAfter);
    }
  }
}

const answered = (status: number) => `The service answered ${status}.`;

/** "in 5 seconds", or null when the answer does not say when. A date (RFC 9110, section 10.2.3) is for machines. */
function waitOf(retryAfter: string | null): string | null {
  const seconds = Number(retryAfter || Number.NaN);
  if (!Number.isInteger(seconds) || seconds < 0) return null;
  if (seconds > 90) return `in ${Math.ceil(seconds / 60)} minutes`;
  return seconds > 1 ? `in ${seconds} seconds` : 'in a second';
}

const saysWhen = (detail: string) => /\bin (an?|\d+) (second|minute|hour)s?\b/.test(detail);

const withWait = (status: number, detail: string, wait: string | null) =>
  status === 429 && wait && !saysWhen(detail) ? `${detail} Try again ${wait}.` : detail;

/** For answers without a sentence of their own, as those of a proxy. */
function sentence(status: number, wait: string | null): string | undefined {
  if (status === 401) return 'You are not signed in any more. Sign in, and try again.';
  if (status === 404) return 'This is not there any more, or it is not one of your guilds’.';
  if (status === 429) return `Too many requests came in a short time. Try again ${wait ?? 'in a minute'}. ${answered(status)}`;
  return status >= 500 ? `The service has trouble at the moment. Try again ${wait ?? 'in a while'}. ${answered(status)}` : undefined;
}
