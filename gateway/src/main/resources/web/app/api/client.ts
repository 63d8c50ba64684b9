import type { Breakdown, Me, Overview } from './shapes.ts';
import { Refusal, Unreachable, problemOf } from './refusal.ts';

const BASE = '/api/v1';

export const signIn = (key: string) => send<Me>('/auth/login', { key });
export const signOut = () => send<void>('/auth/logout', {});

/** A write by session names this token too, which another site's page cannot know. */
let csrfToken: string | undefined;

export async function me(): Promise<Me> {
  const who = await read<Me>('/me');
  csrfToken = who.csrf_token ?? undefined;
  return who;
}

export function overview(period: string, signal: AbortSignal): Promise<Overview> {
  return read<Overview>(`/dashboard/overview?${period}`, signal);
}

export function breakdown(period: string, dimension: string, signal: AbortSignal): Promise<Breakdown> {
  return read<Breakdown>(`/costs/breakdown?${period}&dimension=${encodeURIComponent(dimension)}&limit=50`, signal);
}

function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return call<T>(path, { signal, headers: { Accept: 'application/json' } });
}

function send<T>(path: string, body: unknown): Promise<T> {
  return call<T>(path, {
    method: 'POST',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      ...(csrfToken && { 'X-CSRF-Token': csrfToken }),
    },
    body: JSON.stringify(body),
  });
}

async function call<T>(path: string, request: RequestInit): Promise<T> {
  const response = await fetch(BASE + path, { ...request, credentials: 'same-origin', cache: 'no-store' }).catch(
    unreachable,
  );
  if (!response.ok) throw new Refusal(response.status, await problemOf(response));
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

function unreachable(cause: unknown): never {
  if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
  throw new Unreachable(cause);
}
