import type { Setup } from '../model/setup.ts';
import { setupSteps } from '../model/setup.ts';
import type { Tally } from '../ports/destination.ts';

/** The state of the sync in Prometheus' exposition format. */
export function describeMetrics(setup: Setup, tallies: readonly Tally[]): string {
  const lines = [
    '# HELP dynamics_sync_step The step of the setup: 1 for the present one.',
    '# TYPE dynamics_sync_step gauge',
    ...setupSteps.map((step) => `dynamics_sync_step{step="${step}"} ${step === setup.step ? 1 : 0}`),
  ];
  const counters = ['stored', 'read', 'filtered', 'failed', 'deleted'] as const;
  for (const counter of counters) {
    lines.push(
      `# HELP dynamics_sync_rows_${counter} Rows ${counter}, by entity.`,
      `# TYPE dynamics_sync_rows_${counter} gauge`,
    );
    for (const tally of tallies)
      lines.push(`dynamics_sync_rows_${counter}{entity="${tally.entity}"} ${tally[counter]}`);
  }
  return `${lines.join('\n')}\n`;
}
