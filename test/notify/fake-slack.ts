import { WebAPIPlatformError } from '@slack/web-api';
import type { MessageRef } from '../../src/model/setup.ts';
import type { Poster, Written } from '../../src/notify/poster.ts';
import { textsFor } from '../../src/texts/catalogue.ts';

export interface FakePost extends MessageRef {
  thread: string | undefined;
  text: string;
  blocks: string;
}

/** A poster whose channels can refuse, and which can be away altogether. */
export function createFakeSlack() {
  const posts: FakePost[] = [];
  const refusing = new Map<string, string>();
  const external = new Set<string>();
  let isAway = false;
  const write = (written: Written) => {
    const { text, blocks } = written(textsFor('en'), 'en');
    return { text, blocks: JSON.stringify(blocks) };
  };
  const answer = (channel: string) => {
    if (isAway) throw new Error('Slack is away');
    const reason = refusing.get(channel);
    if (reason) throw new WebAPIPlatformError({ ok: false, error: reason });
  };
  const poster: Poster = {
    async post(channel, written, thread) {
      answer(channel);
      const post = { channel, ts: String(posts.length + 1), thread, ...write(written) };
      posts.push(post);
      return { channel, ts: post.ts };
    },
    async edit(ref, written) {
      answer(ref.channel);
      const post = posts.find(({ ts }) => ts === ref.ts);
      if (!post) return 'gone';
      Object.assign(post, write(written));
      return 'edited';
    },
    isExternal: async (channel) => external.has(channel),
    postFirst: async () => null,
  };
  return {
    poster,
    posts,
    external,
    refuse: (channel: string, reason: string | null) =>
      reason ? refusing.set(channel, reason) : refusing.delete(channel),
    away(value: boolean) {
      isAway = value;
    },
    /** What was said anew since the last call, as `channel text`, in a thread as `channel > text`. */
    news: (() => {
      let seen = 0;
      return () => {
        const fresh = posts
          .slice(seen)
          .map(({ channel, thread, text }) => `${channel}${thread ? ' >' : ''} ${text}`);
        seen = posts.length;
        return fresh;
      };
    })(),
  };
}
