import type { HomeView, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import { type Alert, type AlertKind, alertKinds } from '../../src/model/alert.ts';
import { formOf } from '../../src/model/fields-form.ts';
import { LIMITS } from '../../src/sandbox/slack/limits.ts';
import {
  checkMessage,
  checkSuggestion,
  checkView,
  isTooLarge,
} from '../../src/sandbox/slack/surface-check.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { refusal } from '../../src/views/access.ts';
import { alertChanged, alertMessage, overMessage } from '../../src/views/alert.ts';
import { actsMessage } from '../../src/views/bulletin.ts';
import { checkedModal, checkingModal, checklistMessage } from '../../src/views/checklist.ts';
import { credentialsModal } from '../../src/views/credentials.ts';
import { errorsMessage, exportLines } from '../../src/views/errors.ts';
import { faultMessage } from '../../src/views/fault.ts';
import { fieldOptions } from '../../src/views/field-search.ts';
import { fieldsModal } from '../../src/views/fields-modal.ts';
import { byLabel } from '../../src/views/fields-room.ts';
import { fieldsSaved } from '../../src/views/fields-saved.ts';
import { historyMessage } from '../../src/views/history.ts';
import { homeView } from '../../src/views/home.ts';
import { shorten } from '../../src/views/limits.ts';
import type { Message } from '../../src/views/message.ts';
import { completionReply, stoppedNotice } from '../../src/views/notice.ts';
import { problemModal } from '../../src/views/problem-modal.ts';
import { progressMessage } from '../../src/views/progress.ts';
import { setupCard } from '../../src/views/setup-card.ts';
import { startModal } from '../../src/views/start-modal.ts';
import { statusMessage } from '../../src/views/status.ts';
import { withoutTables } from '../../src/views/table.ts';
import { homesOf, messagesOf, modalsOf } from './every-view.ts';
import * as long from './long-samples.ts';
import { at, fault } from './samples.ts';

function expectFits(shown: ModalView | HomeView | Message): void {
  const problems = 'type' in shown ? checkView(shown) : checkMessage(shown);
  expect(problems).toEqual([]);
  expect(isTooLarge(shown)).toBe(false);
  if ('text' in shown) {
    expect(shown.text.trim()).not.toBe('');
    expect(shown.text.length).toBeLessThanOrEqual(LIMITS.message.updateText);
  }
}

describe.each(['en', 'ja'] as const)('within the limits of Slack, %s', (language) => {
  const t = textsFor(language);
  const { organization, schemas, selection, rows } = long;

  test.each(Object.entries({ ...modalsOf(t), ...messagesOf(t), ...homesOf(t) }))(
    'ordinary: %s',
    (_, shown) => {
      expectFits(shown);
    },
  );

  test('the fields modal with all fields chosen of each of twelve tables', () => {
    const metadata = 'm'.repeat(2_000);
    const { changes, filterCounts: counts } = long;
    const form = formOf(selection, 1, byLabel(t, schemas));
    const none = Object.fromEntries(schemas.map(({ name }) => [name, { fields: [], filter: false }]));
    for (const input of [
      { selection },
      { selection: none, form, counts, isStarted: true },
      {
        selection: none,
        form,
        overtaken: { by: 'U0ADMIN01', at: '2026-11-23T09:30:00.000Z', theirs: changes, yours: changes },
      },
    ]) {
      expectFits(fieldsModal(t, { schemas, metadata, ...input }));
    }
    expectFits(fieldsSaved(t, { changes, schemas }));
  });

  test('the options of a table with many fields', () => {
    for (const schema of schemas) {
      const options = fieldOptions(t, schema, '');
      expect(options).toHaveLength(100);
      expect(checkSuggestion({ options })).toEqual([]);
    }
  });

  test('the start modal', () => {
    for (const counts of [rows, null]) {
      expectFits(
        startModal(t, {
          canMail: true,
          setup: long.requested,
          rows: counts,
          schemas,
          metadata: '',
        }),
      );
    }
  });

  test.each(long.faults.map((fault) => [fault.code, fault] as const))('fault %s', (_, fault) => {
    const checks = long.failedChecks(fault);
    const values = { organization_url: 'u'.repeat(5_000), username: 'n'.repeat(5_000) };
    for (const kind of ['credentials', 'validate'] as const) {
      expectFits(credentialsModal(t, { kind, values, checks, locked: organization, metadata: '' }));
      expectFits(checkingModal(t, { kind, checks, externalId: 'e'.repeat(255), metadata: '' }));
      expectFits(checkedModal(t, { kind, checks, organization }));
    }
    expectFits(checklistMessage(t, { checks, organization }));
    expectFits(problemModal(t, { title: 'fields', fault }));
    expectFits(faultMessage(t, fault));
    expectFits(stoppedNotice(t, { fault, organization }));
    const progress = long.progress(fault);
    for (const state of ['copying', 'running', 'paused', 'stopped'] as const) {
      expectFits(progressMessage(t, { organization, progress, state, fault }));
    }
    for (const setup of long.setups(fault)) {
      const { changes, filterCounts } = long;
      expectFits(setupCard(t, { setup, rows, schemas, changes, filterCounts }));
      const { admins: adminIds, entries: news } = long;
      const reader = { isAdmin: true, canAsk: true, language: null, allowed: adminIds };
      for (const isAdmin of [true, false]) {
        const seen = { reader: { ...reader, isAdmin }, adminIds, news, rows, schemas };
        expectFits(homeView(t, { setup, progress, tallies: [], ...seen }));
      }
      const status = statusMessage(t, {
        setup,
        progress,
        tallies: [],
        schemas,
        picture: { fileId: 'F0123456789', alt: 'a'.repeat(5_000) },
      });
      expectFits(status);
      expectFits(withoutTables(status));
      expectFits(statusMessage(t, { setup, progress: null, tallies: long.tallies }));
    }
  });

  const longAlert = (kind: AlertKind): Alert => {
    const names = Array.from({ length: 40 }, (_, index) => `${'e'.repeat(90)}_${index}`);
    const fields = names.join(', ');
    const types = names.map(() => 'MultiSelectPicklist Double').join(', ');
    const what = { 'schema-changed': 'type-changed' } as Readonly<Record<string, string>>;
    const numbers = { deletes: '987654321', rows: '987654321' };
    const details = { fields, types, ...numbers, since: at, expires: at, code: 'secret-wrong' };
    return { kind, causes: names.map((entity) => ({ kind: what[kind] ?? kind, entity, details })) };
  };

  test('a home with everything open still has its end', () => {
    const { admins: adminIds, entries: news } = long;
    for (const setup of long.setups(long.faults[0] ?? fault)) {
      for (const isAdmin of [true, false]) {
        const view = homeView(t, {
          ...{ setup, progress: long.progress(fault), tallies: [], rows, schemas, adminIds, news },
          alerts: alertKinds.map(longAlert),
          reader: { isAdmin, canAsk: true, language: null, allowed: adminIds },
        });
        expectFits(view);
        expect(JSON.stringify(view.blocks.at(-1))).toContain(t.home.languageHint);
      }
    }
  });

  test.each(alertKinds)('alert %s', (kind) => {
    const alert = longAlert(kind);
    for (const setup of [long.requested, ...long.setups(long.faults[0] ?? fault)]) {
      expectFits(alertMessage(t, { alert, setup }));
      expectFits(alertChanged(t, { alert, setup }));
    }
    expectFits(overMessage(t, { alert, at }));
    for (const post of [actsMessage(t, long.entries)]) expectFits(post);
  });

  test('completion, errors, history, refusal', () => {
    const { summary } = long;
    expectFits(completionReply(t, { summary, adminId: 'U0ADMIN01', organization, intervalSeconds: 86_399 }));
    const organizationUrl = organization.url;
    expectFits(errorsMessage(t, { groups: long.groups, withActions: true, organizationUrl, schemas }));
    const lines = Array.from({ length: 5_000 }, (_, index) => `${index}${'x'.repeat(3_000)}`);
    expectFits(exportLines(t, lines, 'refused'));
    expectFits(historyMessage(t, { entries: long.entries }));
    expectFits(refusal(t, { adminIds: long.admins, canAsk: true }));
  });
});

test.each(['en', 'ja'] as const)(
  'of forty tables each is in the fields modal whole or not at all, %s',
  (language) => {
    const t = textsFor(language);
    const [like] = long.schemas;
    if (!like) throw new Error('no schema');
    const schemas = Array.from({ length: 40 }, (_, index) => ({ ...like, name: `new_table_${index}_` }));
    const fields = like.fields.slice(2).map(({ name }) => name);
    const selection = Object.fromEntries(schemas.map(({ name }) => [name, { fields, filter: true }]));
    const { changes } = long;
    const dates = { type: 'DateTime', label: like.label } as const;
    const dated = schemas.map((schema) => ({
      ...schema,
      fields: [...schema.fields, { name: 'createdon', ...dates }],
    }));
    const emptied = Object.fromEntries(
      schemas.map(({ name }) => [name, { fields: ['gone'], filter: false }]),
    );
    const fill = { form: { by: 'createdon', from: '2026-01-01', to: null }, timeZone: 'Asia/Tokyo' } as const;
    for (const input of [
      {},
      {
        isStarted: true,
        schemas: [...schemas.slice(0, 2), ...dated.slice(2)],
        selection: emptied,
        form: formOf(selection, 0, byLabel(t, schemas)),
        fill,
      },
      { isStarted: true, overtaken: { by: 'U0ADMIN01', at, theirs: changes, yours: changes } },
    ]) {
      const view = fieldsModal(t, { schemas, selection, metadata: '', ...input });
      expectFits(view);
      const text = JSON.stringify(view);
      const shown = schemas.filter(({ name }) => text.includes(`"fields.${name}"`));
      expect(shown.length).toBeGreaterThan(15);
      for (const { name } of shown) expect(text).toContain(`"filter.${name}"`);
      expect(text).toContain(t.fields.tooMany(40 - shown.length));
      expect(text).toContain(t.fields.deleteNote);
    }
  },
);

test('with two hundred tables all are named, and the buttons stay', () => {
  const t = textsFor('en');
  const names = Array.from({ length: 200 }, (_, index) => `new_table_${index}_`);
  const of = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]));
  const fields = Array.from({ length: 9 }, (_, index) => `new_${'f'.repeat(40)}_${index}`);
  const counts = {
    phase: 'current',
    stored: 1,
    read: 1,
    total: 1,
    filtered: 0,
    failed: 0,
    deleted: 0,
  } as const;
  const entities = names.map((entity) => ({ entity, ...counts }));
  const selection = of({ fields, filter: false });
  const changes = names.map((entity) => ({ entity, added: fields, removed: fields, filter: 'on' as const }));
  const card = setupCard(t, { setup: { ...long.requested, selection }, rows: of(1_234_567), changes });
  const completed = completionReply(t, {
    summary: { ...long.summary, entities },
    adminId: 'U0ADMIN01',
    organization: long.organization,
    intervalSeconds: 300,
  });
  for (const [shown, button] of [
    [card, 'start.confirm'],
    [completed, 'entities.add'],
  ] as const) {
    expectFits(shown);
    const text = JSON.stringify(shown.blocks);
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
    expect(text).toContain(`"action_id":"${button}"`);
  }
});

test('a text is cut with an ellipsis, and never through a character', () => {
  expect(shorten('abc', 3)).toBe('abc');
  expect(shorten('abcd', 3)).toBe('ab…');
  expect(shorten('a😀b', 3)).toBe('a…');
});
