/** vitest also starts on an older Node, and then fails in a hundred odd places: say it once instead. */
export default function setup(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24)
    throw new Error(`The tests need Node 24, this is ${process.version}. Run them with "npm test".`);
}
