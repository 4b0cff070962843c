/** By what a picture begins with. */
const beginnings: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

/** The type of a picture Slack shows; undefined for every other file. */
export function pictureType(content: Uint8Array): string | undefined {
  return beginnings.find(([, bytes]) => bytes.every((byte, index) => content[index] === byte))?.[0];
}
