import type { HomeView, ModalView } from '@slack/types';
import type { Alert, AlertKind, Cause } from '../../src/model/alert.ts';
import { signInWays } from '../../src/model/credentials.ts';
import { chooseInBulk, formOf } from '../../src/model/fields-form.ts';
import { type FillForm, fillsAll } from '../../src/model/fill-form.ts';
import type { Texts } from '../../src/texts/catalogue.ts';
import { accessAnswered, accessOutcome, accessRequest, refusal } from '../../src/views/access.ts';
import { alertChanged, alertMessage, alertOver, overMessage } from '../../src/views/alert.ts';
import { actsMessage, dailySummary } from '../../src/views/bulletin.ts';
import { checkedModal, checkingModal, checklistMessage } from '../../src/views/checklist.ts';
import { credentialsModal } from '../../src/views/credentials.ts';
import { entitiesAdded, entitiesCopied } from '../../src/views/entities-added.ts';
import { entitiesModal } from '../../src/views/entities-modal.ts';
import { errorsMessage, exportLines, exportMessage } from '../../src/views/errors.ts';
import { expiringNotice } from '../../src/views/expiring-notice.ts';
import { faultMessage } from '../../src/views/fault.ts';
import { type FieldsModalInput, fieldsModal } from '../../src/views/fields-modal.ts';
import { byLabel } from '../../src/views/fields-room.ts';
import { fieldsSaved } from '../../src/views/fields-saved.ts';
import { helpMessage } from '../../src/views/help.ts';
import { historyMessage } from '../../src/views/history.ts';
import { type HomeReader, homeView } from '../../src/views/home.ts';
import { loadingModal } from '../../src/views/loading-modal.ts';
import type { Message } from '../../src/views/message.ts';
import {
  completionReply,
  type NoticeKey,
  noticeMessage,
  outdated,
  stoppedNotice,
} from '../../src/views/notice.ts';
import { problemModal, refusalModal } from '../../src/views/problem-modal.ts';
import { progressMessage } from '../../src/views/progress.ts';
import { fieldsRefreshed } from '../../src/views/refreshed.ts';
import { retriedMessage } from '../../src/views/retried.ts';
import { linkExpiredModal, linkModal } from '../../src/views/secret-link.ts';
import { setupCard } from '../../src/views/setup-card.ts';
import { startModal } from '../../src/views/start-modal.ts';
import { statusMessage } from '../../src/views/status.ts';
import { brokenSubscription, subscribedPost, subscriptionProblem } from '../../src/views/subscription.ts';
import { withoutTables } from '../../src/views/table.ts';
import * as sample from './samples.ts';

export type Shown = Readonly<Record<string, ModalView | Message>>;
export type Homes = Readonly<Record<string, HomeView>>;

const { organization, schemas, rows, selection, fault, checks, progress, setups, at } = sample;
const metadata = '{"channel":"C0GENERAL"}';
const values = {
  organization_url: organization.url,
  tenant_id: 'contoso.onmicrosoft.com',
  client_id: '11111111-2222-3333-4444-555555555555',
  client_secret: 'never-shown-again',
  username: 'sync@contoso.com',
};

/** Fields have come to both tables, of which only one knows when a row was last updated. */
const tickedLater = (form: FillForm): FieldsModalInput => ({
  schemas: sample.datedSchemas,
  selection,
  metadata,
  form: {
    edition: 0,
    entities: {
      account: { parts: [['name', 'websiteurl']], filter: false },
      lead: { parts: [['lastname', 'emailaddress1', 'emailaddress2']], filter: true },
    },
  },
  isStarted: true,
  fill: { form, timeZone: 'Asia/Tokyo' },
});

export const modalsOf = (t: Texts): Shown => ({
  'credentials, empty': credentialsModal(t, { kind: 'credentials', metadata }),
  'credentials, failed': credentialsModal(t, {
    kind: 'credentials',
    values,
    checks: checks.failed,
    metadata,
  }),
  'credentials, locked': credentialsModal(t, { kind: 'credentials', locked: organization, metadata }),
  'credentials, certificate': credentialsModal(t, {
    kind: 'credentials',
    way: 'certificate',
    ways: signInWays,
    references: ['env:DYNAMICS_*', 'file:/run/secrets/*'],
    metadata,
  }),
  'credentials, page': credentialsModal(t, { kind: 'credentials', way: 'page', ways: signInWays, metadata }),
  'credentials, link': linkModal(t, {
    kind: 'credentials',
    url: 'https://sync.example.com/secret/0123456789',
    validUntil: Date.parse(at),
    externalId: 'checks-1',
    metadata,
  }),
  'credentials, link expired': linkExpiredModal(t, 'credentials'),
  'credentials, checked with notes': checkedModal(t, {
    kind: 'credentials',
    checks: checks.noted,
    organization,
  }),
  'credentials, checked without answers': checkedModal(t, {
    kind: 'credentials',
    checks: checks.unread,
    organization,
  }),
  'validate, empty': credentialsModal(t, { kind: 'validate', metadata }),
  'credentials, checking': checkingModal(t, {
    kind: 'credentials',
    checks: checks.running,
    externalId: 'checks-1',
    metadata,
  }),
  'credentials, checked': checkedModal(t, { kind: 'credentials', checks: checks.passed, organization }),
  'validate, checked': checkedModal(t, { kind: 'validate', checks: checks.passed, organization }),
  'fields, loading': loadingModal(t, { title: 'fields', externalId: 'loading-1' }),
  'fields, problem': problemModal(t, { title: 'fields', fault }),
  fields: fieldsModal(t, { schemas, selection, metadata }),
  'fields, changed': fieldsModal(t, {
    schemas,
    selection,
    metadata,
    form: chooseInBulk(formOf(selection, 0, byLabel(t, schemas)), {
      schema: sample.lead,
      choice: 'all',
      order: byLabel(t, schemas),
    }),
    counts: { lead: { yes: 10_000, empty: 12_000, no: 3_000 } },
    isStarted: true,
  }),
  'fields, ticked later': fieldsModal(t, tickedLater(fillsAll)),
  'fields, ticked later for a period': fieldsModal(
    t,
    tickedLater({ by: 'modifiedon', from: '2026-01-01', to: null }),
  ),
  'fields, overtaken': fieldsModal(t, {
    schemas,
    selection,
    metadata,
    form: formOf(selection, 1, byLabel(t, schemas)),
    overtaken: {
      by: 'U0ADMIN02',
      at,
      theirs: [{ entity: 'account', added: [], removed: ['name'], filter: null }],
      yours: [{ entity: 'lead', added: ['emailaddress2'], removed: [], filter: null }],
    },
  }),
  'fields, nothing to choose from': fieldsModal(t, { schemas: [], selection: {}, metadata }),
  'entities, loading': loadingModal(t, { title: 'entities' }),
  entities: entitiesModal(t, { count: 3, metadata }),
  'entities, none': entitiesModal(t, { count: 0, metadata }),
  start: startModal(t, {
    canMail: true,
    setup: setups.chosen,
    rows,
    schemas,
    channel: 'C0GENERAL',
    metadata,
  }),
  'start, overtaken': startModal(t, {
    canMail: false,
    setup: setups.requested,
    rows: null,
    metadata,
    overtaken: { by: 'U0ADMIN02', at },
  }),
  'start, again': startModal(t, {
    canMail: true,
    setup: setups.requested,
    rows: null,
    metadata,
  }),
  refusal: refusalModal(t, { adminIds: ['U0ADMIN01'] }),
});

const cards = (t: Texts): Shown => {
  const parts = {
    rows,
    schemas,
    changes: [{ entity: 'lead', added: ['emailaddress2'], removed: ['firstname'], filter: 'on' as const }],
    filterCounts: { lead: { yes: 10_000, empty: 12_000, no: 3_000 } },
  };
  const named = Object.entries(setups).map(([name, setup]) => [
    `card, ${name}`,
    setupCard(t, { setup, ...(['unconfirmed', 'chosen'].includes(name) ? parts : { rows: null }) }),
  ]);
  return Object.fromEntries(named);
};

const syncMessages = (t: Texts): Shown => ({
  'progress, copying': progressMessage(t, { organization, progress, state: 'copying' }),
  'progress, waiting': progressMessage(t, {
    organization,
    progress: { ...progress, waiting: { code: 'throttled', details: {}, at } },
    state: 'copying',
  }),
  'progress, done': progressMessage(t, { organization, progress: sample.running, state: 'running' }),
  'progress, paused': progressMessage(t, { organization, progress, state: 'paused' }),
  'progress, stopped': progressMessage(t, { organization, progress, state: 'stopped', fault }),
  completion: completionReply(t, {
    summary: sample.summary,
    adminId: 'U0ADMIN02',
    organization,
    intervalSeconds: 300,
  }),
  'expiring, a secret': expiringNotice(t, {
    setup: setups.running,
    expiry: { holds: 'secret', at },
    days: 7,
  }),
  'expiring, a certificate': expiringNotice(t, {
    setup: setups.confirmed,
    expiry: { holds: 'certificate', at },
    days: 0,
  }),
  'stopped, by the secret': stoppedNotice(t, { fault, organization }),
  'stopped, by a field': stoppedNotice(t, {
    fault: { code: 'field-unknown', details: { entity: 'lead', field: 'fax' }, at },
    organization,
  }),
  'stopped, by something else': stoppedNotice(t, {
    fault: { code: 'unexpected', details: {}, at },
    organization,
  }),
});

const answers = {
  yes: { by: 'U0ADMIN01', at, allowed: true },
  no: { by: 'U0ADMIN01', at, allowed: false },
};

const replies = (t: Texts): Shown => ({
  'checklist, failed': checklistMessage(t, { checks: checks.failed, organization: null }),
  'checklist, passed': checklistMessage(t, { checks: checks.passed, organization }),
  'status, not connected': statusMessage(t, { setup: setups.new, progress: null, tallies: [] }),
  'status, copying': statusMessage(t, { setup: setups.copying, progress, tallies: [] }),
  'status, almost copied': statusMessage(t, {
    setup: setups.copying,
    progress: { ...progress, timeLeft: 'soon' },
    tallies: [],
  }),
  'status, running': statusMessage(t, {
    setup: setups.running,
    progress: sample.running,
    tallies: [],
    lastHour: { lead: 130 },
  }),
  'status, right after a start': statusMessage(t, {
    setup: setups.running,
    progress: { ...sample.unprepared, waiting: fault },
    tallies: sample.tallies,
    lastCycle: sample.running.lastCycle,
    lastHour: { lead: 130 },
  }),
  'status, deletes wait': statusMessage(t, {
    setup: setups.running,
    progress: {
      ...sample.running,
      entities: sample.running.entities.map((entity) => ({ ...entity, oldestPendingAt: null })),
    },
    tallies: [],
  }),
  'status, with a picture and what must be known': statusMessage(t, {
    setup: setups.running,
    progress: { ...sample.running, conditions: sample.conditions },
    tallies: [],
    lastHour: { lead: 130 },
    schemas,
    picture: { fileId: 'F0PICTURE', alt: 'A chart' },
  }),
  'status, without a picture': statusMessage(t, {
    setup: setups.running,
    progress: null,
    tallies: [],
    picture: { missing: 'refused' },
  }),
  'status, with a picture to come': statusMessage(t, {
    setup: setups.running,
    progress: null,
    tallies: [],
    picture: { missing: 'late' },
  }),
  'status, in lines': withoutTables(
    statusMessage(t, {
      setup: setups.running,
      progress: sample.running,
      tallies: [],
      lastHour: { lead: 130 },
    }),
  ),
  'status, stopped': statusMessage(t, { setup: setups.stopped, progress: null, tallies: [] }),
  'help, not connected': helpMessage(t, { connected: false }),
  help: helpMessage(t, { connected: true }),
  'refusal, private': refusal(t, { adminIds: ['U0ADMIN01', 'U0ADMIN02'] }),
  'refusal, with a way to ask': refusal(t, { adminIds: ['U0ADMIN01'], canAsk: true }),
  'access, asked': accessRequest(t, { user: 'U0USER001' }),
  'access, allowed': accessAnswered(t, { user: 'U0USER001', answer: answers.yes }),
  'access, declined': accessAnswered(t, { user: 'U0USER001', answer: answers.no }),
  'access, told yes': accessOutcome(t, { answer: answers.yes }),
  'access, told no': accessOutcome(t, { answer: answers.no }),
  'errors, none': errorsMessage(t, { groups: [] }),
  errors: errorsMessage(t, {
    groups: [
      {
        entity: 'lead',
        code: 'row-malformed',
        message: 'new_score should be of type Integer, and is not (string)',
        rows: 3,
        lastAt: at,
        examples: ['5e9d7c36-41aa-4f0b-8c22-90b3d6f1e874', ''],
      },
      { entity: 'contact', code: 'something-new', message: '', rows: 1, lastAt: at },
    ],
    withActions: true,
    organizationUrl: organization.url,
    schemas,
  }),
  'errors, tried again': retriedMessage(t, {
    retried: 1200,
    stored: 1190,
    failed: 10,
    causes: [
      { code: 'row-refused', message: 'UNIQUE constraint failed: <lead.email>', rows: 9 },
      { code: 'unheard-of', message: '', rows: 1 },
    ],
  }),
  'errors, tried again, some gone': retriedMessage(t, { retried: 1, stored: 0, failed: 0, causes: [] }),
  'errors, none to try': retriedMessage(t, { retried: 0, stored: 0, failed: 0, causes: [] }),
  ...Object.fromEntries(
    Object.entries({ stored: [1, 0], failed: [0, 1], gone: [0, 0] }).map(
      ([name, [stored = 0, failed = 0]]) => [
        `errors, one row tried again, ${name}`,
        retriedMessage(
          t,
          {
            retried: 1,
            stored,
            failed,
            causes: failed ? [{ code: 'row-malformed', message: 'donotphone is 7', rows: 1 }] : [],
          },
          { entity: 'contact', id: '6f1c3f0e-0000-4000-8000-000000000001', code: 'row-malformed' },
        ),
      ],
    ),
  ),
  'errors, exported': exportMessage(t, 3, true),
  'errors, exported in part': exportMessage(t, 100_000, false),
  'errors, as text': exportLines(t, ['entity, id, message', 'lead, 5e9d7c36, `a`'], 'refused'),
  'errors, as text for now': exportLines(t, ['entity, id, message'], 'failed'),
  'history, none': historyMessage(t, { entries: [] }),
  history: historyMessage(t, {
    entries: [
      { at, by: 'bot', action: 'sync.stopped', result: 'done', details: { fault: 'secret-expired' } },
      {
        at,
        by: 'U0USER001',
        action: 'access.refused',
        result: 'not-admin',
        details: { tried: 'sync.pause' },
      },
      {
        at,
        by: 'U0ADMIN02',
        action: 'fields.saved',
        result: 'done',
        details: { lead: '[+filter] +fax −revenue', cr123_visit: '12' },
      },
      {
        at,
        by: 'U0ADMIN02',
        action: 'fields.saved',
        result: 'done',
        details: { lead: '+fax', 'fields.period': JSON.stringify(sample.period) },
      },
      { at, by: 'U0ADMIN01', action: 'errors.exported', result: 'done', details: { rows: '120' } },
      { at, by: 'U0ADMIN01', action: 'access.allowed', result: 'done', details: { user: 'U0USER001' } },
      { at, by: 'U0ADMIN01', action: 'credentials.checked', result: 'secret-wrong' },
    ],
  }),
  'fields, saved': fieldsSaved(t, {
    changes: [{ entity: 'lead', added: ['emailaddress2'], removed: ['firstname'], filter: 'on' }],
    schemas,
  }),
  'fields, saved for a period': fieldsSaved(t, {
    changes: [
      { entity: 'account', added: ['websiteurl'], removed: [], filter: null },
      { entity: 'lead', added: ['emailaddress2'], removed: ['firstname'], filter: null },
    ],
    schemas,
    ticked: { period: sample.period, entities: ['lead'] },
  }),
  'entities, added': entitiesAdded(t, { entities: ['new_event'], schemas: [], isPaused: false }),
  'entities, added while paused': entitiesAdded(t, { entities: ['lead'], schemas, isPaused: true }),
  'entities, copied': entitiesCopied(t, {
    entities: sample.summary.entities.slice(0, 2).map((counts) => ({ ...counts, failed: 3 })),
    schemas,
  }),
  'fields, filled in': fieldsRefreshed(t, { refreshes: sample.refreshes, schemas }),
  'fields, filled in for a period': fieldsRefreshed(t, {
    refreshes: sample.refreshes.slice(0, 1).map((refresh) => ({ ...refresh, period: sample.period })),
    schemas,
  }),
  'fields, saved without a change': fieldsSaved(t, { changes: [], schemas }),
  fault: faultMessage(t, fault),
  'subscription, begun': subscribedPost(t, { kind: 'all', by: 'U0ADMIN01' }),
  ...Object.fromEntries(
    Object.keys(t.subscriptions.problems).map((reason) => [
      `subscription, ${reason}`,
      subscriptionProblem(t, { channel: 'C0GENERAL', reason }),
    ]),
  ),
});

const notices = (t: Texts): Shown => ({
  'outdated, already confirmed': outdated(t, { refused: 'already', setup: setups.confirmed }),
  'outdated, already started': outdated(t, { refused: 'already', setup: setups.copying }),
  'outdated, already paused': outdated(t, { refused: 'already', setup: setups.paused }),
  'outdated, not now': outdated(t, { refused: 'not-now', setup: setups.copying }),
  'outdated, not connected': outdated(t, { refused: 'not-now', setup: setups.new }),
  'outdated, other organization': outdated(t, { refused: 'other-organization', setup: setups.unconfirmed }),
  ...Object.fromEntries(
    (Object.keys(t.notices) as NoticeKey[]).map((key) => [
      `notice, ${key}`,
      noticeMessage(t, key, { user: 'U0ADMIN01', channel: 'C0GENERAL', word: 'sart' }),
    ]),
  ),
});

const about = (kind: string, entity: string, details: Record<string, string> = {}): Cause => ({
  kind,
  entity,
  details,
});

/** Alerts by what they are about. */
export const alertSamples: Readonly<Record<Exclude<AlertKind, 'stopped'>, Alert>> = {
  'deletes-held': {
    kind: 'deletes-held',
    causes: [
      about('deletes-held', 'lead', { deletes: '4000', rows: '25000' }),
      about('deletes-held', 'contact', { deletes: '900' }),
    ],
  },
  'schema-changed': {
    kind: 'schema-changed',
    causes: [
      about('fields-gone', 'lead', { fields: 'fax, new_color' }),
      about('type-changed', 'contact', {
        fields: 'new_score, new_rank',
        types: 'String Integer, Picklist String',
      }),
      about('entity-gone', 'opportunity'),
    ],
  },
  'no-success': {
    kind: 'no-success',
    causes: [
      about('no-success', 'lead', { since: at, code: 'not-dynamics' }),
      // While the copy is made.
      about('waiting', 'contact', { since: at, code: 'not-dynamics' }),
      { ...about('waiting', '', { since: at, code: 'not-dynamics' }), entity: null },
    ],
  },
  rereading: { kind: 'rereading', causes: [about('rereading', 'lead', { reason: 'link-expired' })] },
  throttled: { kind: 'throttled', causes: [about('throttled', 'lead', { code: 'throttled' })] },
  'link-expiring': {
    kind: 'link-expiring',
    causes: [
      about('link-expiring', 'lead', { expires: at }),
      about('link-expiring', 'account', { expires: at, isOver: 'yes' }),
    ],
  },
};

const alertMessages = (t: Texts): Shown =>
  Object.fromEntries(
    Object.values(alertSamples).flatMap((alert) => {
      const setup = alert.kind === 'link-expiring' ? setups.paused : setups.running;
      return [
        [`alert, ${alert.kind}`, alertMessage(t, { alert, setup })],
        [`alert changed, ${alert.kind}`, alertChanged(t, { alert, setup })],
        [`alert over, ${alert.kind}`, overMessage(t, { alert, at })],
        [`alert over in the thread, ${alert.kind}`, alertOver(t, alert.kind)],
      ];
    }),
  );

const bulletins = (t: Texts): Shown => ({
  'subscription, broken': brokenSubscription(t, { channel: 'C0GENERAL', reason: 'is_archived' }),
  'daily summary': dailySummary(t, {
    setup: setups.running,
    tallies: [
      { entity: 'account', stored: 8_000, failed: 0 },
      { entity: 'lead', stored: 25_000, failed: 3 },
    ],
    activity: [
      { entity: 'lead', changed: 120, deleted: 4 },
      { entity: 'lead', changed: 30, deleted: 0 },
    ],
    problems: ['throttled'],
  }),
  'daily summary, nothing': dailySummary(t, {
    setup: setups.paused,
    tallies: [],
    activity: [],
    problems: [],
  }),
  'what admins did': actsMessage(t, [
    { at, by: 'U0ADMIN01', action: 'sync.paused', result: 'done' },
    { at, by: 'U0ADMIN02', action: 'sync.resumed', result: 'done' },
  ]),
});

export const messagesOf = (t: Texts): Shown => ({
  ...cards(t),
  ...syncMessages(t),
  ...replies(t),
  ...notices(t),
  ...alertMessages(t),
  ...bulletins(t),
});

const admin: HomeReader = {
  isAdmin: true,
  canAsk: true,
  language: null,
  allowed: ['U0USER001', 'U0USER002'],
};
const member: HomeReader = { isAdmin: false, canAsk: true, language: 'ja', allowed: ['U0USER001'] };

/** What is open while it runs, and while it stands still. */
const openAlerts: Readonly<Record<string, readonly Alert[]>> = {
  running: [alertSamples['deletes-held'], alertSamples['schema-changed'], alertSamples['no-success']],
  paused: [{ kind: 'stopped', causes: [about('stopped', '', { at })] }, alertSamples['link-expiring']],
};

export const homesOf = (t: Texts): Homes =>
  Object.fromEntries(
    Object.entries(setups).flatMap(([name, setup]) =>
      [admin, member].map((reader) => [
        `home, ${name}, ${reader.isAdmin ? 'admin' : 'others'}`,
        homeView(t, {
          setup,
          progress: name === 'copying' ? progress : name === 'running' ? sample.running : null,
          tallies: [],
          schemas,
          rows,
          reader,
          adminIds: ['U0ADMIN01', 'U0ADMIN02'],
          alerts: openAlerts[name] ?? [],
          news:
            name === 'new' ? [] : [{ at, by: 'U0ADMIN01', action: 'organization.confirmed', result: 'done' }],
        }),
      ]),
    ),
  );
