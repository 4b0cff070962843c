import type { Button, InputBlock, KnownBlock, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { credentialInputs } from '../../src/model/credentials.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { credentialsModal, inputErrors } from '../../src/views/credentials.ts';
import { fieldsModal } from '../../src/views/fields-modal.ts';
import type { Message } from '../../src/views/message.ts';
import { buttons, modals, selects, startInputs } from '../../src/views/names.ts';
import { stoppedNotice } from '../../src/views/notice.ts';
import { setupCard } from '../../src/views/setup-card.ts';
import { startModal } from '../../src/views/start-modal.ts';
import { messagesOf, modalsOf } from './every-view.ts';
import { fault, organization, rows, schemas, selection, setups } from './samples.ts';

const t = textsFor('en');
const inputsOf = ({ blocks }: ModalView): InputBlock[] =>
  (blocks as KnownBlock[]).filter((block) => block.type === 'input');
const buttonsOf = ({ blocks }: Message): Button[] =>
  blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as Button[]) : []));
const namesOf = (message: Message) => buttonsOf(message).map(({ action_id }) => action_id);
const card = (name: keyof typeof setups) => setupCard(t, { setup: setups[name], rows: null });

describe('the names of the interface', () => {
  const views = Object.entries(modalsOf(t)) as [string, ModalView][];

  test.each(views)('%s: every input has one name, and the modal a known one', (_, view) => {
    expect(Object.values<string>(modals)).toContain(view.callback_id);
    for (const { block_id, element } of inputsOf(view)) {
      expect(block_id).toBeTruthy();
      expect('action_id' in element && element.action_id).toBe(block_id);
    }
  });

  test.each(Object.entries(messagesOf(t)))('%s: only known buttons and selects', (_, message) => {
    const known: string[] = [...Object.values(buttons), ...Object.values(selects)];
    for (const name of namesOf(message as Message)) expect(known).toContain(name);
  });

  test.each(['credentials', 'validate'] as const)('%s asks for the five values in their order', (kind) => {
    const view = credentialsModal(t, { kind, metadata: 'm' });
    expect(view).toMatchObject({ callback_id: kind, private_metadata: 'm' });
    expect(inputsOf(view).map(({ block_id }) => block_id)).toEqual([...credentialInputs]);
  });

  test('fields has a pair per entity, the filter only where its column is', () => {
    const view = fieldsModal(t, { schemas, selection, metadata: '' });
    expect(inputsOf(view).map(({ block_id }) => block_id)).toEqual([
      'fields.account',
      'fields.lead',
      'filter.lead',
    ]);
    expect(inputsOf(view).every(({ optional }) => optional)).toBe(true);
  });

  test('start has its three inputs, and all statements to tick', () => {
    const inputs = inputsOf(
      startModal(t, {
        canMail: true,
        setup: setups.chosen,
        rows,
        schemas,
        metadata: '',
      }),
    );
    expect(inputs.map(({ block_id }) => block_id)).toEqual(Object.values(startInputs));
    expect(inputs[2]?.element).toMatchObject({ options: [{ value: '1' }, { value: '2' }, { value: '3' }] });
  });
});

describe('the setup card', () => {
  test.each([
    ['new', ['credentials.edit']],
    ['unconfirmed', ['organization.confirm', 'organization.change']],
    ['confirmed', ['fields.edit']],
    ['chosen', ['start.review', 'fields.edit']],
    ['requested', ['start.confirm', 'start.cancel']],
    ['copying', ['sync.pause']],
    ['running', ['sync.pause', 'fields.edit']],
    ['paused', ['sync.resume', 'fields.edit']],
    ['stopped', ['sync.resume', 'credentials.edit', 'fields.edit']],
  ] as const)('%s has its buttons', (name, expected) => {
    expect(namesOf(card(name))).toEqual(expected);
  });

  test.each(Object.keys(setups) as (keyof typeof setups)[])('%s has one primary button at most', (name) => {
    expect(buttonsOf(card(name)).filter(({ style }) => style === 'primary').length).toBeLessThan(2);
  });

  test('the confirmation names the organization, carries its id, and asks again', () => {
    const [confirm] = buttonsOf(card('unconfirmed'));
    expect(confirm).toMatchObject({ style: 'danger', value: organization.id, confirm: { style: 'danger' } });
    expect(JSON.stringify(confirm?.confirm)).toContain(organization.friendlyName);
    const shown = JSON.stringify(setupCard(t, { setup: setups.unconfirmed, rows }).blocks);
    for (const part of [
      organization.uniqueName,
      organization.id,
      organization.url,
      '25,000',
      'cannot be undone',
    ])
      expect(shown).toContain(part);
  });

  test('the start is confirmed in a dialog', () => {
    const [confirm] = buttonsOf(card('requested'));
    expect(confirm).toMatchObject({ style: 'primary', confirm: { style: 'primary' } });
  });
});

describe('the credentials modal after a failure', () => {
  const values = {
    organization_url: 'https://contoso.crm.dynamics.com',
    tenant_id: 'contoso.com',
    client_id: '1',
    client_secret: 'typed-secret',
    username: 'a@b.example',
  };
  const view = credentialsModal(t, { kind: 'credentials', values, metadata: '' });

  test('keeps what was typed except the secret, which it asks for first', () => {
    for (const { block_id, element } of inputsOf(view)) {
      if (block_id === 'client_secret') expect(element).toMatchObject({ focus_on_load: true });
      else expect(element).toMatchObject({ initial_value: values[block_id as keyof typeof values] });
    }
    expect(JSON.stringify(view)).not.toContain('typed-secret');
  });

  test('says of each wrong input what is expected and where it is found', () => {
    const errors = inputErrors(t, {
      organization_url: 'not-dynamics-host',
      tenant_id: 'tenant-malformed',
      client_id: 'empty',
      client_secret: 'secret-has-spaces',
      username: 'username-malformed',
    });
    expect(Object.keys(errors)).toEqual([...credentialInputs]);
    for (const error of Object.values(errors)) expect(error).toMatch(/admin center > /);
  });

  test('a locked organization is named, and its address filled in', () => {
    const locked = credentialsModal(t, { kind: 'credentials', locked: organization, metadata: '' });
    expect(inputsOf(locked)[0]?.element).toMatchObject({ initial_value: organization.url });
  });
});

test('a stop offers what mends it', () => {
  const names = (code: 'secret-expired' | 'field-unknown' | 'unexpected') =>
    namesOf(stoppedNotice(t, { fault: { ...fault, code }, organization }));
  expect(names('secret-expired')).toEqual(['credentials.edit', 'sync.resume']);
  expect(names('field-unknown')).toEqual(['fields.edit', 'sync.resume']);
  expect(names('unexpected')).toEqual(['sync.resume']);
});
