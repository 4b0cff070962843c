import type { Word } from '../views/names.ts';
import type { Bot } from './bot.ts';
import { validate } from './listeners/credentials.ts';
import { addEntities } from './listeners/entities.ts';
import { errors } from './listeners/errors.ts';
import { editFields } from './listeners/fields.ts';
import { help, history, pause, resume, status } from './listeners/running.ts';
import { editCredentials, setup } from './listeners/setup.ts';
import { subscribe, unsubscribe } from './listeners/subscriptions.ts';
import { parseWords } from './parse-words.ts';
import { type Audience, permitted } from './permission.ts';
import { isDoneAlready } from './repetition.ts';
import type { Visit } from './visit.ts';

interface WordListener {
  who: Audience;
  run: (bot: Bot, visit: Visit, rest: string) => Promise<void>;
}

/** What each word does, and for whom. */
const listeners: Readonly<Record<Word, WordListener>> = {
  setup: { who: 'admin', run: setup },
  validate: { who: 'admin', run: validate },
  fields: { who: 'admin', run: editFields },
  entities: { who: 'admin', run: addEntities },
  credentials: { who: 'admin', run: editCredentials },
  status: { who: 'anyone', run: status },
  errors: { who: 'anyone', run: errors },
  pause: { who: 'admin', run: pause },
  resume: { who: 'admin', run: resume },
  history: { who: 'admin', run: history },
  subscribe: { who: 'admin', run: subscribe },
  unsubscribe: { who: 'admin', run: unsubscribe },
  help: { who: 'anyone', run: (bot, visit) => help(bot, visit) },
};

/** Does what the words say. No word is `help` when connected and `setup` when not; an unknown one is answered by the help. */
export async function runWords(bot: Bot, visit: Visit, text: string): Promise<void> {
  const { word, rest, empty, meant } = parseWords(text);
  if (!word && !empty)
    return await permitted(bot, visit, { who: 'anyone', tried: 'help' }, () =>
      help(bot, visit, { word: text.trim(), meant }),
    );
  const chosen = word ?? (await defaultWord(bot));
  const { who, run } = listeners[chosen];
  await permitted(bot, visit, { who, tried: chosen }, async () => {
    // What everybody may say changes nothing: to answer it twice does no harm.
    if (who === 'admin' && visit.event !== null && (await isDoneAlready(bot, visit.event))) return;
    await run(bot, visit, rest);
  });
}

async function defaultWord(bot: Bot): Promise<Word> {
  const { setup: present } = await bot.conversation.read();
  return present.step === 'new' ? 'setup' : 'help';
}
