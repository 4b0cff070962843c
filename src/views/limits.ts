/** Slack's limits, counted in UTF-16 units as Slack's own checks do. */
export const limits = {
  blocksInMessage: 50,
  blocksInModal: 100,
  blocksInHome: 100,
  viewBytes: 250_000,
  modalTitle: 24,
  modalButton: 24,
  messageText: 3900,
  section: 3000,
  header: 150,
  contextElement: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  placeholder: 150,
  option: 75,
  options: 100,
  button: 75,
  buttonValue: 2000,
  altText: 2000,
  imageTitle: 2000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** Cuts a text to `most` units, the last of them `…`. Never leaves half a character behind. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const last = cut.charCodeAt(cut.length - 1);
  const halved = last >= 0xd800 && last <= 0xdbff;
  return `${(halved ? cut.slice(0, -1) : cut).trimEnd()}…`;
}

/** As `shorten`, without leaving half of an `<…>` or `&…;` of Slack's markup at the end. */
export function shortenMarkup(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const open = Math.max(cut.lastIndexOf('<'), cut.lastIndexOf('&'));
  const closed = Math.max(cut.lastIndexOf('>'), cut.lastIndexOf(';'));
  return shorten(open > closed ? `${text.slice(0, open)}…` : text, most);
}
