import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { ApiError } from './api-error.ts';
import { LIMITS } from './limits.ts';

/** What a trigger was made by. `view_id` is there when it came out of a modal. */
export interface Trigger {
  user: string;
  view_id: string | null;
  channel: string | null;
}

/** Triggers live three seconds and open one view. */
export function createTriggers(clock: Clock) {
  const issued = new Map<string, Trigger & { at: number; used: boolean }>();
  let counter = 0;

  return {
    issue(trigger: Trigger): string {
      counter += 1;
      const id = `${Math.floor(clock.now())}.${counter}.${randomBytes(12).toString('hex')}`;
      issued.set(id, { ...trigger, at: clock.now(), used: false });
      // The old ones only serve to tell "expired" from "never heard of".
      for (const key of issued.keys()) {
        if (issued.size <= 1000) break;
        issued.delete(key);
      }
      return id;
    },

    /** Spends the trigger; throws what Slack answers when it cannot be spent. */
    redeem(id: string): Trigger {
      const trigger = issued.get(id);
      if (!trigger) throw new ApiError('invalid_trigger_id');
      if (trigger.used) throw new ApiError('exchanged_trigger_id');
      if (clock.now() - trigger.at > LIMITS.triggerMilliseconds) throw new ApiError('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
  };
}

export type Triggers = ReturnType<typeof createTriggers>;
