import { actProblem } from './act-check.ts';
import type { ActContext } from './act-context.ts';
import { ApiError } from './api-error.ts';
import { playCommand } from './command-act.ts';
import { playBlockAction, playSuggestion } from './element-act.ts';
import { playHome, playMessage, playShortcut } from './message-act.ts';
import type { PageAct, PageActResult } from './page-api.ts';
import { playClosed, playSubmission } from './view-act.ts';

function play(context: ActContext, act: PageAct): Promise<PageActResult> | PageActResult {
  switch (act.type) {
    case 'message':
      return playMessage(context, act);
    case 'command':
      return playCommand(context, act);
    case 'block_action':
      return playBlockAction(context, act);
    case 'block_suggestion':
      return playSuggestion(context, act);
    case 'view_submission':
      return playSubmission(context, act);
    case 'view_closed':
      return playClosed(context, act);
    case 'home_opened':
      return playHome(context, act);
    case 'shortcut':
      return playShortcut(context, act);
  }
}

/** Does what a person does; everything Slack would refuse comes back as an error, never as an exception. */
export async function playAct(context: ActContext, act: PageAct): Promise<PageActResult> {
  const problem = actProblem(act);
  if (problem) return { ok: false, error: problem };
  try {
    return await play(context, act);
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.code };
    throw error;
  }
}
