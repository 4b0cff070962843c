import type { SandboxUser } from '../../slack/page-api.ts';
import { withEmoji } from '../blocks/emoji.ts';
import { h, type VNode } from '../dom/vnode.ts';

/** A person's or the app's picture. Decoration: the name always stands beside it. */
export function renderAvatar(user: SandboxUser | undefined, size: 'small' | 'medium' | 'large'): VNode {
  return h(
    'span',
    {
      class: `avatar avatar-${size}${user?.is_bot ? ' avatar-app' : ''}`,
      style: `--avatar:${safeColor(user?.avatar.color)}`,
      'aria-hidden': 'true',
    },
    withEmoji(user?.avatar.text ?? '?'),
  );
}

function safeColor(color: string | undefined): string {
  return color && /^#[0-9a-f]{3,8}$/i.test(color) ? color : '#5b6b86';
}
