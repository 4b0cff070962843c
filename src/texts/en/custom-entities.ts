/** Custom entities that are added after the initial sync. */
export const customEntities = {
  title: 'Add custom entities',
  submit: 'Add',
  intro: 'Custom entities that are linked to leads, contacts or accounts can be synced, too.',
  label: 'Custom entities',
  placeholder: 'Search by label or by name',
  note: 'Their rows are copied while the sync of the others goes on. Once added, an entity stays in the sync. Its fields can be changed afterwards.',
  none: 'There is no other custom entity that is linked to leads, contacts or accounts and that the sync user may read. After changing that in Dynamics 365, open this list again in a minute.',
  linkedTo: (entities: string) => `Linked to ${entities}`,
  added: (names: string) => `Added to the sync: ${names}`,
  copiedNow: 'The rows are being copied. The thread of the initial sync tells when that is done.',
  copiedLater: 'The rows are copied as soon as the sync is resumed.',
  copiedHeader: 'Custom entities copied',
  copied: 'From now on, their changes are fetched at every cycle.',
  reply: 'Custom entities linked to leads, contacts or accounts can now be added.',
};
