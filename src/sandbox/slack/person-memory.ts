import { findElement } from './block-ids.ts';
import type { Json, ViewValues } from './page-api.ts';
import { blocksIn } from './person-search.ts';
import type { Slack } from './slack.ts';

/**
 * What a person has typed into open views. As in Slack, it survives an update of the view where block_id and
 * action_id stay the same, and is gone with the input otherwise.
 */
export function createMemory(slack: Pick<Slack, 'state' | 'onChange'>, user: string) {
  const typed = new Map<string, ViewValues>();

  // Watched from change to change: an input that went away for a moment has lost what was typed.
  slack.onChange(() => {
    if (typed.size === 0) return;
    const { views, home } = slack.state(user);
    for (const [id, values] of typed) {
      const view = [...views, ...(home ? [home] : [])].find((one) => one.id === id);
      if (view) typed.set(id, kept(blocksIn(view), values));
      else typed.delete(id);
    }
  });

  return {
    of: (view: string): ViewValues => typed.get(view) ?? {},
    keep(view: string, block: string, action: string, value: Json): void {
      const values = typed.get(view) ?? {};
      typed.set(view, { ...values, [block]: { ...values[block], [action]: value } });
    },
  };
}

function kept(blocks: Json[], values: ViewValues): ViewValues {
  const result: ViewValues = {};
  for (const [block, actions] of Object.entries(values)) {
    for (const [action, value] of Object.entries(actions)) {
      if (findElement(blocks, block, action)?.element.type === value.type)
        result[block] = { ...result[block], [action]: value };
    }
  }
  return result;
}

export type Memory = ReturnType<typeof createMemory>;
