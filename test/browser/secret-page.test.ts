import { expect, test } from 'vitest';
import { openStage } from '../journeys/stage.ts';
import { chromiumPath, moveFocus, reads, visit } from './visit.ts';

test.skipIf(!chromiumPath)(
  'the secret is entered on a page of its own, by keyboard, in Japanese and in the dark',
  { timeout: 90_000 },
  async () => {
    const stage = await openStage({ everyWay: true });
    const { client_secret: secret = '' } = stage.world.credentials;
    const at = await visit(stage, { name: 'secret-page', user: 'U0AIKO', colorScheme: 'dark' });
    const { page } = at;
    const dialog = at.dialog('Dynamics 365 に接続');
    await at.send('/dynamics setup');
    await dialog.waitFor();
    await page.getByTestId('panel-fill').click();
    await dialog.locator('[data-action-id=sign_in]').click();
    await page.getByRole('option', { name: /Web ページで入力/ }).click();
    await expect.poll(() => dialog.locator('[data-action-id=client_secret]').count()).toBe(0);
    await at.shot('way');
    await page.getByTestId('modal-submit').click();
    const link = dialog.getByRole('link', { name: 'ページを開く' });
    await reads(dialog, 'Web ページでシークレットを入力', '一度だけ使えます');
    await at.shot('link');

    const form = await page.context().browser()?.newPage({ colorScheme: 'dark' });
    if (!form) throw new Error('The browser is gone');
    const problems: string[] = [];
    form.on('console', (message) => problems.push(message.text()));
    await form.goto((await link.getAttribute('href')) ?? '');
    const input = form.getByLabel('クライアント シークレットの値');
    await expect
      .poll(() => input.evaluate((element) => element === element.ownerDocument.activeElement))
      .toBe(true);
    await form.keyboard.type('two words');
    await form.keyboard.press('Enter');
    await reads(form.getByRole('alert'), 'シークレットに空白は含まれません');
    expect(await input.inputValue()).toBe('');
    await form.keyboard.type(secret);
    await moveFocus(form, form.getByRole('button', { name: '送信' }), 'Tab');
    await form.keyboard.press('Enter');
    await reads(form.getByRole('status'), '検証を始めました');
    // What was wrong is an answer with an error's number; the page itself complains of nothing.
    expect(problems.filter((text) => !text.includes('422'))).toEqual([]);

    await page.bringToFront();
    await reads(dialog, 'すべての検証に成功しました', 'シークレットの有効期限');
    await at.shot('checked');
    expect(at.problems).toEqual([]);
  },
);
