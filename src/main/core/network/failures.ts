import { AppError } from '../../../shared/contract/errors.ts';
import type { Failure } from './port.ts';

/** A network's failure as the contract's error, for commands that the user waits for. */
export function appErrorOf(failure: Failure): AppError {
  switch (failure.kind) {
    case 'definite':
      return new AppError(failure.code, { detail: failure.detail });
    case 'duplicate':
      return new AppError('network_duplicate', { detail: failure.detail });
    case 'rateLimited':
      return new AppError('network_rate_limited', { resetAt: failure.resetAt }, { retry: 'after', retryAt: failure.resetAt });
    case 'budget':
      return new AppError('network_budget', { detail: failure.detail });
    case 'reauth':
      return new AppError('network_needs_reauth', { detail: failure.detail });
    case 'clockOff':
      return new AppError('clock_off', { minutes: Math.round(Math.abs(failure.aheadMs) / 60_000) }, { retry: 'later' });
    case 'ambiguous':
      return new AppError(failure.status === null ? 'network_timeout' : 'network_unavailable', { detail: failure.detail, status: failure.status ?? 0 }, { retry: 'later' });
    case 'cancelled':
    case 'notSent':
      return new AppError('network_offline', { detail: failure.detail }, { retry: 'later' });
    default:
      return failure satisfies never;
  }
}
