export interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly reason: string }[];
}

/** The gateway answered, and the answer is no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
  }
}

/** Nothing answered. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The gateway does not answer', { cause });
  }
}

/** A proxy in between may answer with anything; only a JSON object is taken as a problem. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? (body as Problem) : {};
}

/** What went wrong and what to do about it, in one or two sentences. */
export function advice(error: unknown): string {
  if (error instanceof Unreachable)
    return 'Centime does not answer. Is it running? “./centime status” says which part is down.';
  if (!(error instanceof Refusal))
    return 'This page failed to read the answer. Reload it; if that does not help, its version and the server’s differ.';
  switch (error.status) {
    case 401:
      return 'This key is not known, has expired or was revoked. Ask an administrator for a new one.';
    case 403:
      return 'This key may not see costs. Sign in with a key of a user or an administrator.';
    case 429:
      return 'Too many requests just now. The page tries again by itself.';
    case 503:
      return 'The service behind this is starting or busy. The page tries again by itself.';
    default:
      return fieldReasons(error.problem) ?? error.message;
  }
}

function fieldReasons({ errors }: Problem): string | undefined {
  return errors?.length ? errors.map(({ field, reason }) => `${field}: ${reason}`).join('; ') : undefined;
}
