/** Who one is. Another person sees other channels, other language, and is refused what only admins may do. */
import type { PageState, SandboxUser } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import type { Words } from '../texts/en.ts';
import { renderAvatar } from './avatar.ts';
import { renderMenu } from './menu.ts';

export function roleOf(user: SandboxUser, words: Words): string {
  if (user.is_stranger) return words.roleStranger;
  if (user.is_owner) return words.roleOwner;
  if (user.is_admin) return words.roleAdmin;
  return user.is_restricted ? words.roleGuest : words.roleMember;
}

function describe(user: SandboxUser, words: Words): string {
  const language = user.locale.startsWith('ja') ? words.languageJapanese : words.languageEnglish;
  return `${roleOf(user, words)} · ${language}`;
}

export function renderPersonMenu(app: App, state: PageState): VNode {
  const { me } = state;
  const { words } = app;
  return renderMenu(app, {
    id: 'person-menu',
    label: words.youAreSomeone(`${me.real_name}, ${describe(me, words)}`),
    className: 'person-menu',
    attributes: { 'data-testid': 'person-menu', 'data-current-user': me.id },
    content: [
      renderAvatar(me, 'medium'),
      h(
        'span',
        { class: 'person-words' },
        h('span', { class: 'person-you' }, words.youAre),
        h('span', { class: 'person-name' }, me.real_name),
        h('span', { class: 'person-role' }, describe(me, words)),
      ),
      icon('updown'),
    ],
    items: state.users
      .filter((user) => !user.is_bot)
      .map((user) => ({
        checked: user.id === me.id,
        attributes: { 'data-user': user.id },
        content: [
          renderAvatar(user, 'small'),
          h(
            'span',
            { class: 'person-words' },
            h('span', { class: 'person-name' }, user.real_name),
            h('span', { class: 'person-role' }, describe(user, words)),
          ),
          user.id === me.id ? icon('check') : null,
        ],
        choose: () => app.choosePerson(user.id),
      })),
  });
}
