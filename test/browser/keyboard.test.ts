import { expect, test } from 'vitest';
import { openStage, type Stage } from '../journeys/stage.ts';
import { chromiumPath, hasFocus, moveFocus, reads, type Visit, visit } from './visit.ts';

test.skipIf(!chromiumPath)(
  'a Japanese admin connects in the dark theme, with the keyboard alone',
  { timeout: 90_000 },
  async () => {
    const stage = await openStage();
    const at = await visit(stage, {
      name: 'keyboard',
      user: 'U0AIKO',
      channel: 'C0MAJAPAN',
      colorScheme: 'dark',
      viewport: { width: 1280, height: 800 },
    });
    const { keyboard } = at.page;
    const countRows = holdCount(stage);
    await at.page.locator('html[lang="ja"]').waitFor();
    expect(await brightness(at)).toBeLessThan(60);

    await moveFocus(at.page, at.page.getByRole('link', { name: 'メッセージへ移動' }), 'Tab');
    await keyboard.press('Enter');
    expect(await hasFocus(at.composer)).toBe(true);
    await keyboard.type('/dy');
    await at.page.getByRole('option', { name: /^\/dynamics/ }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await expect.poll(() => at.composer.inputValue()).toBe('/dynamics ');
    await keyboard.insertText('設定');
    await keyboard.press('Enter');

    const dialog = at.dialog('Dynamics 365 に接続');
    const labels = {
      organization_url: '組織の URL',
      tenant_id: 'ディレクトリ (テナント) ID',
      client_id: 'アプリケーション (クライアント) ID',
      client_secret: 'クライアント シークレットの値',
      username: 'アプリケーション ユーザー',
    };
    for (const [name, label] of Object.entries(labels)) {
      await moveFocus(at.page, dialog.getByLabel(label, { exact: true }), 'Tab');
      await keyboard.insertText(stage.world.credentials[name] ?? '');
    }
    await at.shot('credentials');
    await moveFocus(at.page, dialog.getByRole('button', { name: '検証して次へ' }), 'Tab');
    await keyboard.press('Enter');
    await reads(dialog, 'すべての検証に成功しました', 'マーケティング データベース · 成功');
    await at.shot('checklist');
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await confirmOrganization(at, countRows);
    expect(at.problems).toEqual([]);
  },
);

/** Keeps Dynamics from counting its rows until told to. */
function holdCount({ world }: Stage): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  world.dataverse.onRequest(({ path }) => (path.includes('RetrieveTotalRecordCount') ? promise : undefined));
  return resolve;
}

async function confirmOrganization(at: Visit, countRows: () => void): Promise<void> {
  const { keyboard } = at.page;
  const confirm = at
    .message('この組織でよろしいですか？')
    .getByRole('button', { name: 'この組織で確定する' });
  const question = at.page.getByRole('alertdialog', { name: 'この組織で確定しますか？' });
  expect(await hasFocus(at.composer)).toBe(true);
  await moveFocus(at.page, confirm, 'Shift+Tab');
  await keyboard.press('Enter');
  // What cannot be undone does not happen by a stray Enter.
  await expect.poll(() => hasFocus(question.getByRole('button', { name: 'キャンセル' }))).toBe(true);
  // The card is edited behind the dialog: the button that opened it is still the one to come back to.
  countRows();
  await reads(at.message('この組織でよろしいですか？'), 'Dynamics 365 の件数');
  await keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await hasFocus(confirm)).toBe(true);

  await keyboard.press('Enter');
  await reads(question, 'この操作は取り消せません。');
  await at.shot('confirm-organization');
  await moveFocus(at.page, question.getByRole('button', { name: '確定する' }), 'Tab');
  await keyboard.press('Enter');
  await reads(at.message('組織を確定しました'), '@Aiko Tanaka', '手順 2/3');
  await at.shot('organization-confirmed');
}

/** Of the background of the conversation, 0 to 255. */
async function brightness(at: Visit): Promise<number> {
  const color = await at.page.evaluate<string>(
    "getComputedStyle(document.querySelector('main')).backgroundColor",
  );
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
