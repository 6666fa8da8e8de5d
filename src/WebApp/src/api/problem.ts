/** What the service answers instead of a result (RFC 9457), or that it did not answer at all. */
export class Problem extends Error {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly code: string | undefined;
  /** Sentences by the name of the field. */
  readonly errors: Record<string, string[]>;

  constructor(status: number, body: { title?: string; detail?: string; code?: string; errors?: Record<string, string[]> } = {}) {
    super(body.detail ?? sentence(status) ?? body.title ?? answered(status));
    this.status = status;
    this.code = body.code;
    this.errors = body.errors ?? {};
  }

  static unreachable(): Problem {
    const reason = navigator.onLine ? 'The service cannot be reached.' : 'You are offline.';
    return new Problem(0, { detail: reason });
  }

  /** @param text The body, which a proxy in between may have written. */
  static read(status: number, text: string): Problem {
    try {
      return new Problem(status, JSON.parse(text));
    } catch {
      return new Problem(status);
    }
  }
}

const answered = (status: number) => `The service answered ${status}.`;

/** For answers without a sentence of their own, as those of a proxy. */
function sentence(status: number): string | undefined {
  if (status === 401) return 'You are not signed in any more. Sign in, and try again.';
  if (status === 404) return 'This is not there any more, or it is not one of your guilds’.';
  if (status === 429) return `Too many requests came in a short time. Try again in a minute. ${answered(status)}`;
  return status >= 500 ? `The service has trouble at the moment. Try again in a while. ${answered(status)}` : undefined;
}
