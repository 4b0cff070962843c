const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This needs Node 24 or newer, and ${process.version} is running. Use "npm start", or install Node 24.`,
  );
  process.exit(2);
}
// Only now: what it imports is newer than an old Node can read.
const { runCommand } = await import('./cli/command.ts');
// Not `exitCode`: a retry to Slack that is still waiting would keep a stopped process alive for half an hour.
process.exit(await runCommand(process.argv.slice(2)));
