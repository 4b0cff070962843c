import { expect, test } from 'vitest';
import { connect, openStage } from '../journeys/stage.ts';
import { chromiumPath, reads, visit } from './visit.ts';

test.skipIf(!chromiumPath)(
  'somebody who is no admin is told whom to ask, and sees the home without controls',
  { timeout: 90_000 },
  async () => {
    const stage = await openStage();
    await connect(stage, stage.tom);
    const at = await visit(stage, { name: 'member', user: 'U0MIA' });
    const card = at.message('Is this the right organization?');
    const refusals = at.page.getByRole('article').filter({ hasText: 'Only admins can do this.' });

    // Tom comes first: he has entered the credentials.
    await at.send('/dynamics setup');
    await reads(
      refusals.last(),
      'Only visible to you',
      'Nothing has changed. Please ask @Tom Becker and @Aiko Tanaka.',
    );
    await card.getByRole('button', { name: 'Confirm organization' }).click();
    await at.page.getByRole('alertdialog').getByRole('button', { name: 'Confirm', exact: true }).click();
    await expect.poll(() => refusals.count()).toBe(2);
    expect(await at.page.getByRole('dialog').count()).toBe(0);
    await reads(card, 'Is this the right organization?');
    await at.shot('refused');

    await at.page.getByRole('button', { name: /^Dynamics Sync/ }).click();
    await at.page.getByRole('tab', { name: 'Home' }).click();
    const home = at.page.getByRole('tabpanel', { name: 'Home' });
    await reads(home, 'Admins set up and control the sync. Please ask @Tom Becker and @Aiko Tanaka.');
    expect(await home.getByRole('button').allInnerTexts()).toEqual(['Ask an admin']);
    await at.shot('home');
    expect(at.problems).toEqual([]);
  },
);
