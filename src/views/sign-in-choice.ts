import type { PlainTextOption, SectionBlock } from '@slack/types';
import type { SignInWay } from '../model/credentials.ts';
import type { Texts } from '../texts/catalogue.ts';
import { plain, section } from './blocks.ts';
import { limits } from './limits.ts';
import { signInChoice } from './names.ts';

/** The choice of how to sign in: the modal asks for something else with each. */
export function signInBlock(t: Texts, way: SignInWay, ways: readonly SignInWay[]): SectionBlock {
  const optionOf = (value: SignInWay): PlainTextOption => ({
    value,
    text: plain(t.signIn.ways[value], limits.option),
    description: plain(t.signIn.wayNotes[value], limits.option),
  });
  return {
    ...section(`*${t.signIn.label}*`),
    block_id: signInChoice,
    accessory: {
      type: 'static_select',
      action_id: signInChoice,
      options: ways.map(optionOf),
      initial_option: optionOf(way),
    },
  };
}
